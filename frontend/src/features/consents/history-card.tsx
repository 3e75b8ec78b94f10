import { Trans, useLingui } from "@lingui/react/macro";
import { Download } from "lucide-react";
import type { ConsentEventShown, PurposeState } from "@/api";
import { notifyError } from "@/components/feedback/notify";
import { SectionCard } from "@/components/section-card";
import { saveFile } from "@/lib/http/save-file";
import { formatDay, formatInstant } from "@/lib/texts/format";
import { howLabels, relationLabels, stateLabels } from "./labels";

interface HistoryCardProps {
  events: ConsentEventShown[];
  purposes: PurposeState[];
}

/** Every yes and no, the newest first; nothing that was said is ever changed. */
export function HistoryCard({ events, purposes }: HistoryCardProps) {
  const { t, i18n } = useLingui();
  const names = Object.fromEntries(purposes.map((one) => [one.purpose, one.name]));
  return (
    <SectionCard title={t`登记历史`}>
      {events.length === 0 && (
        <p className="text-muted text-sm">
          <Trans>还没有登记过。请把同意书交给家长，收回后在这里登记。</Trans>
        </p>
      )}
      <ul className="flex flex-col divide-y divide-border">
        {events.map((one) => {
          const relation = one.relation && relationLabels[one.relation];
          const who = one.guardian_id ? `${one.by}${relation ? `（${i18n._(relation)}）` : ""}` : t`${one.by}（学生本人）`;
          const number = one.text_number;
          const said = i18n._(stateLabels[one.action].label);
          return (
            <li key={one.id} className="py-2 text-sm">
              <p>
                <span className="font-medium">{names[one.purpose]}</span>
                {t`：${said}`}
                <span className="text-muted">{t`（第 ${number} 版）`}</span>
              </p>
              <p className="text-muted text-xs">
                {[
                  who,
                  one.how === "portal" && !one.guardian_id ? t`学生平台，家长可在家长平台看到` : i18n._(howLabels[one.how]),
                  formatDay(one.happened_on),
                  one.informed_on && t`告知监护人 ${formatDay(one.informed_on)}`,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
              <p className="flex flex-wrap items-center gap-2 text-muted text-xs">
                {one.how !== "portal" && t`登记：${one.recorded_by ?? "—"}，${formatInstant(one.recorded_at)}`}
                {one.scan_id && (
                  <button
                    type="button"
                    className="inline-flex cursor-pointer items-center gap-1 rounded text-link hover:underline"
                    data-print="hide"
                    onClick={() => void saveFile(`/api/v1/consent-scans/${one.scan_id}`, t`同意书扫描件`).catch(notifyError)}
                  >
                    <Download aria-hidden className="size-3" />
                    <Trans>扫描件</Trans>
                  </button>
                )}
              </p>
            </li>
          );
        })}
      </ul>
    </SectionCard>
  );
}
