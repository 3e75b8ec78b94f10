import { useLingui } from "@lingui/react/macro";
import { formatDay } from "@/lib/texts/format";

/** A value of a field in words: the sex and days are codes. */
export function useValueWords() {
  const { t } = useLingui();
  return (field: string | null, value: string | null): string => {
    if (value === null) return "—";
    if (field === "sex") return { male: t`男`, female: t`女` }[value] ?? t`未说明`;
    return field === "birth_on" ? formatDay(value) : value;
  };
}
