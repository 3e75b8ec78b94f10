import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { EvidenceLine } from "@/api";
import { SectionCard } from "@/components/section-card";
import { CategoryChip } from "@/features/recognitions/parts/category-chip";
import type { Category } from "@/features/recognitions/parts/labels";
import { formatDay } from "@/lib/texts/format";
import { sourceLabels } from "./labels";
import { useEvidenceCatalogue } from "./queries";

interface EvidenceCardProps {
  evidence: EvidenceLine[];
  student: { id: string; name: string };
  isOffered: boolean;
}

/** What is known and where it comes from. */
export function EvidenceCard({ evidence, student, isOffered }: EvidenceCardProps) {
  const { t, i18n } = useLingui();
  const { data } = useEvidenceCatalogue();
  const names = new Map((data?.items ?? []).map(({ code, name }) => [code, name]));
  return (
    <SectionCard
      id="evidence"
      title={t`认定依据`}
      actions={
        isOffered && (
          <Link
            to="/evidence/new"
            search={{ student_id: student.id, name: student.name }}
            className="rounded text-link text-sm hover:underline"
          >
            {t`登记依据`}
          </Link>
        )
      }
    >
      {evidence.length === 0 ? (
        <p className="text-muted text-sm">{t`还没有登记依据。`}</p>
      ) : (
        <ul className="divide-y divide-separator" data-sensitive>
          {evidence.map((row) => (
            <li key={row.id} className="py-2 first:pt-0">
              <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
                <span className="font-medium text-sm">{names.get(row.kind) ?? row.kind}</span>
                <CategoryChip category={row.category as Category} />
                <span className="text-muted text-xs">
                  {[i18n._(sourceLabels[row.source] ?? { id: row.source }), formatDay(row.observed_on), row.reported_by]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </div>
              {row.note && <p className="mt-0.5 text-sm">{row.note}</p>}
            </li>
          ))}
        </ul>
      )}
    </SectionCard>
  );
}
