import { useLingui } from "@lingui/react/macro";
import type { RadarAxis } from "@/api";
import { RadarChart } from "@/components/chart/radar-chart";
import { SectionCard } from "@/components/section-card";
import { formatPercent } from "@/lib/texts/format";
import { dimensionLabels } from "./labels";

/** The four dimensions of the plan in force, from records: sessions delivered and goals reached. */
export function RadarCard({ radar }: { radar: RadarAxis[] }) {
  const { t, i18n } = useLingui();
  const isKnown = radar.some(({ value }) => value !== null);
  const name = (dimension: string) => i18n._(dimensionLabels[dimension]?.label ?? { id: dimension });
  return (
    <SectionCard id="radar" title={t`四维雷达`} description={t`由记录得出：措施完成与目标达成各占一半，满分 100。`}>
      {isKnown ? (
        <RadarChart
          title={t`四维雷达`}
          isTitleHidden
          max={100}
          axes={radar.map(({ dimension, value }) => ({ id: dimension, label: name(dimension), value }))}
        />
      ) : (
        <p className="text-muted text-sm">{t`计划执行以后，这里显示四个维度的进展。`}</p>
      )}
      <ul className="mt-2 flex flex-col gap-1 text-xs" data-sensitive>
        {radar.map(({ dimension, is_hidden, delivered_share, goals_share }) => (
          <li key={dimension} className="flex justify-between gap-2">
            <span className={`font-medium ${dimensionLabels[dimension]?.color ?? ""}`}>{name(dimension)}</span>
            <span className="tnum text-muted">
              {is_hidden
                ? t`不对您显示`
                : delivered_share === null && goals_share === null
                  ? t`暂无数据`
                  : t`措施 ${formatPercent(delivered_share)}，目标 ${formatPercent(goals_share)}`}
            </span>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}
