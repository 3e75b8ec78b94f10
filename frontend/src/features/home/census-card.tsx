import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { censusCoverageOptions } from "@/api/@tanstack/react-query.gen";
import { ProgressLine } from "@/components/progress-line";
import { SectionCard } from "@/components/section-card";
import { formatNumber } from "@/lib/texts/format";

/** 普查 (I1.1): how many of those enrolled somebody has looked at, class by class, the furthest behind first. */
export function CensusCard() {
  const { t } = useLingui();
  const { data } = useQuery(censusCoverageOptions());
  if (!data || data.enrolled === 0) return null;
  const { school_year } = data;
  const behind = [...data.classes]
    .filter(({ looked_at, enrolled }) => looked_at < enrolled)
    .sort((one, other) => one.looked_at / one.enrolled - other.looked_at / other.enrolled)
    .slice(0, 5);
  const note = (seen: number, all: number) => `${formatNumber(seen)} / ${formatNumber(all)}`;
  return (
    <SectionCard
      title={t`普查进度`}
      description={t`${school_year} 学年：已了解的学生数 / 在籍学生数`}
      actions={
        <Link to="/evidence/census" className="rounded text-link text-sm hover:underline">
          <Trans>查看</Trans>
        </Link>
      }
    >
      <ProgressLine label={t`合计`} value={data.looked_at / data.enrolled} note={note(data.looked_at, data.enrolled)} />
      {behind.length > 0 && (
        <ul className="mt-4 flex flex-col gap-3">
          {behind.map(({ class_id, class_name, looked_at, enrolled }) => (
            <li key={class_id}>
              <ProgressLine label={class_name} value={looked_at / enrolled} note={note(looked_at, enrolled)} />
            </li>
          ))}
        </ul>
      )}
    </SectionCard>
  );
}
