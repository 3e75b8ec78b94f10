import type { FactShown } from "@/api";
import { formatDay, formatMoney, formatNumber } from "@/lib/texts/format";
import { useCatalogue } from "./queries";

type Value = unknown;

function shown(fact: FactShown, value: Value): string {
  if (fact.type === "money") return formatMoney({ amount: Number(value), currency: "CNY" });
  if (fact.type === "choice") return fact.options.find(({ code }) => code === value)?.name ?? String(value);
  if (fact.type === "date") return formatDay(String(value));
  if (fact.type === "boolean") return value ? "✓" : "—";
  return typeof value === "number" ? formatNumber(value, 1) : String(value);
}

/** The typed facts of a piece of evidence in words. */
export function FactList({ kind, facts }: { kind: string; facts: Record<string, Value> }) {
  const known = useCatalogue().data?.items.find(({ code }) => code === kind)?.facts ?? [];
  const given = known.filter(({ code }) => facts[code] !== undefined && facts[code] !== null);
  if (given.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {given.map((fact) => (
        <div key={fact.code} className="flex gap-1.5">
          <dt className="text-muted">{fact.name}</dt>
          <dd className="tnum">{shown(fact, facts[fact.code])}</dd>
        </div>
      ))}
    </dl>
  );
}
