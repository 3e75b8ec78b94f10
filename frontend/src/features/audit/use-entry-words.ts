import { useLingui } from "@lingui/react/macro";
import type { Entry, SchoolEntry } from "@/api";
import { dataClassLabel } from "@/lib/session/data-class-label";
import { roleLabel } from "@/lib/session/role-label";
import { entityLabels, groundLabels, operationLabels } from "./labels";

/** An entry in words: who, what, which classes, on which ground. */
export function useEntryWords() {
  const { t, i18n } = useLingui();
  const named = (labels: typeof entityLabels, code: string | null) => {
    const label = code ? labels[code] : undefined;
    return label ? i18n._(label) : (code ?? "—");
  };
  const who = ({ account_id, account_name }: Entry) => account_name ?? (account_id ? t`账号 ${account_id.slice(-8)}` : t`系统`);
  const what = (entry: Entry | SchoolEntry) =>
    entry.action === "read" ? named(operationLabels, entry.operation) : named(entityLabels, entry.entity);
  const classes = ({ data_classes }: Entry) => data_classes.map((one) => dataClassLabel(one, i18n)).join(t`、`);
  const ground = (entry: Entry) =>
    entry.ground
      .map((one) => {
        const label = groundLabels[one];
        return label ? i18n._(label) : roleLabel(one, i18n);
      })
      .join(t`、`);
  return { who, what, classes, ground };
}
