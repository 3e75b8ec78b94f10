import { Trans } from "@lingui/react/macro";
import { Phone } from "lucide-react";

/** Whom to turn to when it cannot wait until somebody reads. */
export function HelpNow() {
  return (
    <aside className="flex gap-3 rounded-lg bg-surface p-4 text-sm shadow-surface">
      <Phone aria-hidden className="mt-0.5 size-5 shrink-0 text-link" strokeWidth={1.8} />
      <div>
        <p className="font-medium">
          <Trans>现在就需要帮助？</Trans>
        </p>
        <p className="mt-0.5 text-muted">
          <Trans>
            有危险时，马上告诉身边的大人，或拨打 <PhoneLink number="110" />
            。想马上找人说说话，可以拨打青少年服务热线 <PhoneLink number="12355" />。
          </Trans>
        </p>
      </div>
    </aside>
  );
}

function PhoneLink({ number }: { number: string }) {
  return (
    <a href={`tel:${number}`} className="tnum rounded font-semibold text-link underline underline-offset-2">
      {number}
    </a>
  );
}
