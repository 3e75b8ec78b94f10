import { Trans, useLingui } from "@lingui/react/macro";
import { BookOpen, Handshake, House, type LucideIcon } from "lucide-react";
import type { PlannedAim, PlannedDoing, PlanSummary } from "@/api/types.gen";
import { formatNumber } from "@/lib/texts/format";
import { areaLabels, kindLabels, perLabels } from "./labels";

const icons: Record<PlannedAim["area"], LucideIcon> = { study: BookOpen, life: House, together: Handshake };

/** What the school has agreed to do, as a family or a child reads it. */
export function PlanView({ plan, talk }: { plan: PlanSummary; talk: string }) {
  const { i18n } = useLingui();
  return (
    <div className="flex flex-col gap-4">
      {plan.letter && <p className="whitespace-pre-line break-words rounded-md bg-surface-secondary px-3 py-2.5">{plan.letter}</p>}
      {plan.aims.length > 0 && (
        <ul className="flex flex-col gap-4">
          {plan.aims.map((aim, index) => {
            const Icon = icons[aim.area];
            return (
              <li key={`${aim.area}-${index}`} className="flex gap-3">
                <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-link" strokeWidth={1.8} />
                <div className="min-w-0">
                  <h3 className="font-medium">{aim.statement ?? i18n._(areaLabels[aim.area])}</h3>
                  <ul className="mt-0.5 flex flex-col gap-0.5 text-muted">
                    {aim.doing.map((doing, place) => (
                      <li key={`${doing.kind}-${place}`}>
                        <DoingLine doing={doing} />
                      </li>
                    ))}
                  </ul>
                </div>
              </li>
            );
          })}
        </ul>
      )}
      {plan.is_talk_offered && <p>{talk}</p>}
    </div>
  );
}

function DoingLine({ doing }: { doing: PlannedDoing }) {
  const { i18n } = useLingui();
  const title = doing.title ?? i18n._(kindLabels[doing.kind]);
  const per = i18n._(perLabels[doing.per]);
  const times = formatNumber(doing.times, 1);
  const minutes = formatNumber(doing.minutes);
  return doing.minutes > 0 ? (
    <Trans>
      {title}：{per} {times} 次，每次 {minutes} 分钟
    </Trans>
  ) : (
    <Trans>
      {title}：{per} {times} 次
    </Trans>
  );
}
