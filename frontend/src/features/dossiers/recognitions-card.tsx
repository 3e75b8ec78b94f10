import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { RecognitionLine } from "@/api";
import { SectionCard } from "@/components/section-card";
import { StatusChip } from "@/components/status-chip";
import { CategoryChip } from "@/features/recognitions/parts/category-chip";
import { StateChip } from "@/features/recognitions/parts/state-chip";
import { formatDay } from "@/lib/texts/format";

interface RecognitionsCardProps {
  recognitions: RecognitionLine[];
  studentId: string;
  isOffered: boolean;
}

/** All recognitions, this year's and earlier ones; where only the result may be known, only that. */
export function RecognitionsCard({ recognitions, studentId, isOffered }: RecognitionsCardProps) {
  const { t } = useLingui();
  return (
    <SectionCard
      id="recognitions"
      title={t`认定情况`}
      actions={
        isOffered && (
          <Link to="/recognitions/new/$studentId" params={{ studentId }} className="rounded text-link text-sm hover:underline">
            <Trans>提名认定</Trans>
          </Link>
        )
      }
    >
      {recognitions.length === 0 ? (
        <p className="text-muted text-sm">
          <Trans>没有认定记录。</Trans>
        </p>
      ) : (
        <ul className="divide-y divide-separator" data-sensitive>
          {recognitions.map((row) => (
            <li key={row.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-2 first:pt-0">
              <span className="tnum text-muted text-xs">{row.school_year}</span>
              <CategoryChip category={row.category} level={row.support_level} />
              <StateChip state={row.state} />
              {row.is_exception && <StatusChip>{t`人工提名`}</StatusChip>}
              <Link
                to="/recognitions/$recognitionId"
                params={{ recognitionId: row.id }}
                className="text-link text-xs hover:underline"
                data-print="hide"
              >
                <Trans>查看评议</Trans>
              </Link>
              <span className="tnum ml-auto text-muted text-xs">
                {row.recognised_on &&
                  (row.valid_to
                    ? t`${formatDay(row.recognised_on)} 认定，至 ${formatDay(row.valid_to)}`
                    : t`${formatDay(row.recognised_on)} 认定`)}
              </span>
              {(row.reason || row.is_result_only) && (
                <p className="basis-full text-sm">
                  {row.is_result_only ? <span className="text-muted">{t`只显示结果，理由不对您显示。`}</span> : row.reason}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </SectionCard>
  );
}
