import { useLingui } from "@lingui/react/macro";
import type { Entry } from "@/api";
import { useKinds } from "@/features/interventions/parts/use-kinds";
import { dataClassLabel } from "@/lib/session/data-class-label";
import { roleLabel } from "@/lib/session/role-label";
import { formatDay, formatInstant, formatMoney, formatNumber } from "@/lib/texts/format";
import { type Change, isEmpty } from "./changes-of";
import { fieldLabel } from "./field-labels";
import { useCatalogue, useClasses } from "./queries";
import { valueLabels } from "./value-labels";

const day = /^\d{4}-\d{2}-\d{2}$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The record keeps only that an encrypted column was changed. */
const SECRET = "•";

type Recorded = Pick<Entry, "entity" | "before" | "after">;

/** The first, when all of them are called the same: a change does not always say of which kind the record is. */
const onlyOne = <T>(found: T[], nameOf: (one: T) => string): T | undefined =>
  new Set(found.map(nameOf)).size === 1 ? found[0] : undefined;

/** Columns and values in words: codes, classes, people and kinds by name, what has none as it was recorded. */
export function useChangeWords({ entity, before, after }: Recorded, people: ReadonlyMap<string, string>) {
  const { t, i18n } = useLingui();
  const { kinds, kindName, words } = useKinds();
  const catalogue = useCatalogue().data?.items ?? [];
  const classes = useClasses().data?.items ?? [];
  const kind = after?.kind ?? before?.kind;
  const ofKind = <T extends { code: string }>(all: T[]) => (kind === undefined ? all : all.filter(({ code }) => code === kind));
  const factOf = (part: string) =>
    onlyOne(
      ofKind(catalogue)
        .flatMap(({ facts }) => facts)
        .filter(({ code }) => code === part),
      ({ name }) => name,
    );
  const formFieldOf = (part: string) =>
    onlyOne(
      ofKind(kinds)
        .flatMap(({ fields }) => fields)
        .filter(({ name }) => name === part),
      ({ zh }) => zh,
    );

  const partLabel = ({ field, part }: Change): string | undefined => {
    if (part === undefined) return undefined;
    if (field === "facts") return factOf(part)?.name ?? part;
    if (field === "form") return words(formFieldOf(part), part);
    return part;
  };

  const codeWords = (field: string, value: string): string | undefined => {
    const known = (valueLabels[`${entity}.${field}`] ?? valueLabels[field])?.[value];
    if (known) return i18n._(known);
    if (field === "role") return roleLabel(value, i18n);
    if (field === "data_class") return dataClassLabel(value, i18n);
    if (field === "kind") return catalogue.find(({ code }) => code === value)?.name ?? kindName(value);
    if (field === "special_groups") return catalogue.find(({ code }) => code === value)?.name;
    if (id.test(value)) return classes.find((one) => one.id === value)?.name ?? people.get(value);
    return undefined;
  };

  const partWords = ({ field, part = "" }: Change, value: unknown): string | undefined => {
    const fact = field === "facts" ? factOf(part) : undefined;
    if (fact?.type === "money") return formatMoney({ amount: Number(value), currency: "CNY" });
    if (fact?.type === "choice") return fact.options.find(({ code }) => code === value)?.name;
    const choice = field === "form" ? formFieldOf(part)?.choices.find((one) => one.value === value) : undefined;
    return choice && words(choice, String(value));
  };

  const valueWords = (change: Change, value: unknown): string => {
    if (isEmpty(value)) return t`（空）`;
    if (value === SECRET) return t`（加密保存，不显示）`;
    if (Array.isArray(value)) return value.map((one) => valueWords(change, one)).join(t`、`);
    if (typeof value === "boolean") return value ? t`是` : t`否`;
    if (typeof value === "object") return JSON.stringify(value);
    const text = String(value);
    const known = change.part === undefined ? codeWords(change.field, text) : partWords(change, value);
    if (known !== undefined) return known;
    if (typeof value === "number") return formatNumber(value, 2);
    if (day.test(text)) return formatDay(text);
    if (instant.test(text)) return formatInstant(text);
    return id.test(text) ? t`编号 ${text.slice(-8)}` : text;
  };

  return { label: (change: Change) => fieldLabel(entity, change.field, i18n), partLabel, valueWords };
}
