import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { Check, Copy, Printer } from "lucide-react";
import { useState } from "react";
import { notifyError } from "@/components/feedback/notify";

/** The newest seal: whoever keeps it elsewhere can prove later that nothing was cut off. */
export function SealLine({ head, onPrint }: { head: string; onPrint: () => void }) {
  const { t } = useLingui();
  const [copied, setCopied] = useState<string>();
  const isCopied = copied === head;
  const copy = () =>
    navigator.clipboard.writeText(head).then(
      () => setCopied(head),
      (reason: unknown) => notifyError(reason),
    );
  return (
    <section aria-label={t`最新封印`} className="rounded-md bg-surface-secondary px-3 py-2.5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h3 className="font-medium text-sm">{t`最新封印`}</h3>
        <span className="flex gap-1" data-print="hide">
          {"clipboard" in navigator && (
            <Button size="sm" variant="ghost" onPress={() => void copy()}>
              {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
              {isCopied ? <Trans>已复制</Trans> : <Trans>复制</Trans>}
            </Button>
          )}
          <Button size="sm" variant="ghost" onPress={onPrint}>
            <Printer aria-hidden />
            <Trans>打印</Trans>
          </Button>
        </span>
      </div>
      <code className="block break-all font-mono text-xs leading-5">{head}</code>
      <p className="mt-1 text-muted text-xs">{t`抄下或打印出来，放在学校服务器以外的地方。以后若有人把末尾的记录连同封印一起删掉，凭它就能查出来。`}</p>
    </section>
  );
}
