import { useLingui } from "@lingui/react/macro";
import type { PurposeShown } from "@/api";
import { Dialog } from "@/components/dialog";
import { QueryState } from "@/components/states/query-state";
import { formatInstant } from "@/lib/texts/format";
import { useTexts } from "./queries";

/** Every wording of a purpose: what somebody consented to can always be read again. */
export function TextHistory({ purpose, onClose }: { purpose: PurposeShown; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Dialog title={t`历次文本：${purpose.name}`} size="lg" onClose={onClose}>
      <QueryState query={useTexts(purpose.code)} size="panel">
        {({ items }) => (
          <ol className="flex flex-col gap-5">
            {items.map(({ number, created_at, created_by, asks_again, reason, body }) => (
              <li key={number}>
                <p className="font-medium text-sm">{t`第 ${number} 版`}</p>
                <p className="text-muted text-xs">
                  {[created_at ? formatInstant(created_at) : t`平台提供的文本`, created_by, asks_again && t`重新征求同意`, reason]
                    .filter(Boolean)
                    .join(" · ")}
                </p>
                <p className="mt-1 whitespace-pre-line text-sm leading-6">{body}</p>
              </li>
            ))}
          </ol>
        )}
      </QueryState>
    </Dialog>
  );
}
