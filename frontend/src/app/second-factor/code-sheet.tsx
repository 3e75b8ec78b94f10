import { Trans, useLingui } from "@lingui/react/macro";
import { Printer } from "lucide-react";
import { type ReactNode, useState } from "react";
import { PlainButton } from "@/components/plain-button";
import { useSession } from "@/lib/session/session-store";
import { formatDay, today } from "@/lib/texts/format";

interface CodeSheetProps {
  title: string;
  lead: string;
  codes: string[];
  /** Asks to say that the codes are kept, then goes on. */
  onKept?: () => void;
  children?: ReactNode;
}

/** One-time codes, on screen and on paper with boxes to tick off. */
export function CodeSheet({ title, lead, codes, onKept, children }: CodeSheetProps) {
  const { t } = useLingui();
  const { school, me } = useSession();
  const [isKept, setKept] = useState(false);
  const day = formatDay(today());
  return (
    <section aria-label={title} className="flex flex-col gap-4">
      <h2 className="font-semibold">{title}</h2>
      <p className="text-sm" data-print="hide">
        {lead}
      </p>
      <p className="hidden text-sm print:block">
        {[school?.name, me?.account.username, day].filter(Boolean).join(" · ")}
        <br />
        {t`暖阳登录用。每个只能用一次，用后划掉。请随身保管，拾到请交还学校。`}
      </p>
      <ul
        className="grid grid-cols-2 gap-x-4 gap-y-1.5 rounded-lg bg-surface-secondary p-3 font-mono text-sm print:grid-cols-4"
        data-sensitive
      >
        {codes.map((code) => (
          <li key={code} data-testid="code" className="whitespace-nowrap">
            <span aria-hidden className="mr-2 hidden print:inline">
              □
            </span>
            {code}
          </li>
        ))}
      </ul>
      <div data-print="hide">
        <PlainButton variant="secondary" size="sm" onClick={() => window.print()}>
          <Printer aria-hidden />
          <Trans>打印</Trans>
        </PlainButton>
      </div>
      {onKept && (
        <div className="flex flex-col gap-3" data-print="hide">
          <label className="flex cursor-pointer items-center gap-2 text-sm">
            <input type="checkbox" checked={isKept} onChange={(event) => setKept(event.target.checked)} className="size-4 accent-accent" />
            <Trans>我已打印或抄好，这些码不会再显示</Trans>
          </label>
          <PlainButton disabled={!isKept} onClick={onKept}>
            <Trans>继续</Trans>
          </PlainButton>
        </div>
      )}
      {children}
    </section>
  );
}
