import { useLingui } from "@lingui/react/macro";
import { EyeOff } from "lucide-react";
import { dataClassLabel } from "@/lib/session/data-class-label";

/** Names what exists but is not for this reader, instead of leaving it out in silence. */
export function HiddenNotice({ classes }: { classes: readonly string[] }) {
  const { t, i18n } = useLingui();
  if (classes.length === 0) return null;
  const names = classes.map((one) => dataClassLabel(one, i18n)).join(t`、`);
  return (
    <p className="flex items-start gap-2 rounded-lg bg-surface-secondary px-3 py-2 text-muted text-xs">
      <EyeOff aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span>{t`此部分对您不可见：${names}。如工作需要，请联系学校管理员。`}</span>
    </p>
  );
}
