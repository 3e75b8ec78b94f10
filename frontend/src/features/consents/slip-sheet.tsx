import { Trans, useLingui } from "@lingui/react/macro";
import type { Slips } from "@/api";
import { formatDay } from "@/lib/texts/format";
import { relationLabels } from "./labels";

/** An A4 sheet of slips to cut apart along the dashed lines, two beside each other. */
export function SlipSheet({ slips }: { slips: Slips }) {
  const { t, i18n } = useLingui();
  return (
    <div className="grid grid-cols-2">
      {slips.items.map((slip) => {
        const relation = relationLabels[slip.guardian_relation];
        const until = formatDay(slip.expires_at.slice(0, 10));
        return (
          <section
            key={`${slip.student_id}/${slip.code}`}
            className="flex break-inside-avoid items-center gap-3 border border-black border-dashed p-3 text-black text-xs"
          >
            <img src={slip.qr} alt="" className="size-28 shrink-0" />
            <div className="min-w-0 leading-5">
              <p className="font-semibold text-sm">{t`${slips.school_name} · 家长账号激活`}</p>
              <p>
                {slips.class_name} {slip.student_name} {slip.student_number && t`学号 ${slip.student_number}`}
              </p>
              <p>
                <Trans>家长：</Trans>
                {slip.guardian_name}
                {relation && `（${i18n._(relation)}）`}
              </p>
              <p className="py-1 font-mono text-base tracking-wider">{slip.code}</p>
              <p className="break-all">{t`扫码或打开 ${slip.address}`}</p>
              <p>{t`${until} 前有效，只能用一次。请勿转给他人。`}</p>
            </div>
          </section>
        );
      })}
    </div>
  );
}
