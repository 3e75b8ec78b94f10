import type { ReactNode } from "react";

export interface Fact {
  label: string;
  value: ReactNode;
  isSensitive?: boolean;
}

/** Label and value pairs, as a form on paper has them. */
export function Facts({ facts, columns = 2 }: { facts: Fact[]; columns?: 1 | 2 | 3 }) {
  const grid = { 1: "", 2: "sm:grid-cols-2", 3: "sm:grid-cols-2 xl:grid-cols-3" }[columns];
  return (
    <dl className={`grid gap-x-8 gap-y-2 text-sm ${grid}`}>
      {facts.map(({ label, value, isSensitive }) => (
        <div key={label} className="grid grid-cols-[6.5rem_1fr] gap-3">
          <dt className="text-muted">{label}</dt>
          <dd className="min-w-0 break-words" data-sensitive={isSensitive || undefined}>
            {value ?? "—"}
          </dd>
        </div>
      ))}
    </dl>
  );
}
