import type { I18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react";
import type { FactShown } from "@/api";
import { formatDay, formatMoney, formatNumber } from "@/lib/texts/format";
import { factUnits } from "./labels";
import { useCatalogue } from "./queries";

type Value = unknown;

function shown(fact: FactShown, value: Value, i18n: I18n): string {
  if (fact.unit === "months" && value === 0) return i18n._(msg`不到一个月`);
  if (fact.type === "money") return formatMoney({ amount: Number(value), currency: "CNY" });
  if (fact.type === "choice") return fact.options.find(({ code }) => code === value)?.name ?? String(value);
  if (fact.type === "date") return formatDay(String(value));
  if (fact.type === "boolean") return value ? "✓" : "—";
  const unit = fact.unit && factUnits[fact.unit];
  if (typeof value === "number") return unit ? `${formatNumber(value, 1)} ${i18n._(unit)}` : formatNumber(value, 1);
  return String(value);
}

/** The typed facts of a piece of evidence in words. */
export function FactList({ kind, facts }: { kind: string; facts: Record<string, Value> }) {
  const { i18n } = useLingui();
  const known = useCatalogue().data?.items.find(({ code }) => code === kind)?.facts ?? [];
  const given = known.filter(({ code }) => facts[code] !== undefined && facts[code] !== null);
  if (given.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {given.map((fact) => (
        <div key={fact.code} className="flex gap-1.5">
          <dt className="text-muted">{fact.name}</dt>
          <dd className="tnum">{shown(fact, facts[fact.code], i18n)}</dd>
        </div>
      ))}
    </dl>
  );
}
