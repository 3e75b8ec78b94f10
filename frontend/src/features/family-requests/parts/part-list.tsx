import { Trans, useLingui } from "@lingui/react/macro";
import { Check, Dot, Lock } from "lucide-react";
import type { PartShown } from "@/api/types.gen";
import { partLabels } from "./request-labels";

/** What was asked to be erased: gone, still there, or kept by a law that is named. */
export function PartList({ parts }: { parts: PartShown[] }) {
  const { i18n } = useLingui();
  if (parts.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1.5 text-sm">
      {parts.map(({ part, is_erased, law }) => (
        <li key={part} className="flex gap-2">
          <PartIcon isErased={is_erased} isKept={law !== null} />
          <span className="min-w-0">
            {i18n._(partLabels[part])}
            {is_erased && (
              <span className="text-success-soft-foreground">
                {" "}
                <Trans>已删除</Trans>
              </span>
            )}
            {law && <span className="block text-muted">{law}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function PartIcon({ isErased, isKept }: { isErased: boolean; isKept: boolean }) {
  const Icon = isKept ? Lock : isErased ? Check : Dot;
  return <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${isErased ? "text-success" : "text-muted"}`} />;
}
