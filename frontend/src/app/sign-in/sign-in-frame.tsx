import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Logo } from "@/components/logo";
import { useSession } from "@/lib/session/session-store";
import { switchLocale } from "@/lib/texts/texts";
import { useLocale } from "../use-locale";

/** The quiet page before the work: a wordmark, one card, the language below. */
export function SignInFrame({ title, lead, children }: { title: ReactNode; lead?: ReactNode; children: ReactNode }) {
  const locale = useLocale();
  // Over an open page there is a main part already.
  const Frame = useSession().status === "expired" ? "div" : "main";
  return (
    <Frame className="relative grid min-h-dvh place-items-center overflow-hidden px-4 py-10">
      <div aria-hidden className="sunrise pointer-events-none absolute inset-x-0 bottom-0 h-[60vh]" data-print="hide" />
      <div className="relative w-full max-w-sm print:max-w-none print:self-start">
        <div className="mb-7 flex items-center gap-3">
          <Logo size={40} />
          <div>
            <p className="font-semibold text-lg leading-6 tracking-wide">
              <Trans>暖阳</Trans>
            </p>
            <p className="text-muted text-xs">
              <Trans>学校帮扶工作平台</Trans>
            </p>
          </div>
        </div>
        <section className="rounded-xl bg-surface p-6 shadow-overlay sm:p-7 print:p-0 print:shadow-none">
          <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
          {lead && (
            <p className="mt-1 text-muted text-sm" data-print="hide">
              {lead}
            </p>
          )}
          <div className="mt-5">{children}</div>
        </section>
        <p className="mt-5 text-center text-xs" data-print="hide">
          <button
            type="button"
            lang={locale === "en" ? "zh-CN" : "en"}
            className="cursor-pointer rounded px-2 py-1 text-muted hover:text-foreground"
            onClick={() => void switchLocale(locale === "en" ? "zh-CN" : "en")}
          >
            {locale === "en" ? "中文" : "English"}
          </button>
        </p>
      </div>
    </Frame>
  );
}
