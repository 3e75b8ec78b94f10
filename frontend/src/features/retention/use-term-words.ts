import { useLingui } from "@lingui/react/macro";
import type { Term } from "@/api";
import { actionLabels } from "./labels";

/** A term in words: 离校满 5 年后删除. */
export function useTermWords() {
  const { t, i18n } = useLingui();
  return ({ action, years, data_class }: Pick<Term, "action" | "years" | "data_class">) => {
    if (action === "keep" || years === null) return i18n._(actionLabels.keep);
    if (data_class === "imports") return t`导入满 ${years} 年后删除`;
    return action === "erase" ? t`离校满 ${years} 年后删除` : t`离校满 ${years} 年后去标识`;
  };
}
