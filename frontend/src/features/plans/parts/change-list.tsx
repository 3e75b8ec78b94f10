import { useLingui } from "@lingui/react/macro";
import type { ChangeShown } from "@/api";
import { StatusChip } from "@/components/status-chip";
import { useKinds } from "@/features/interventions/parts/use-kinds";
import { levelLabels } from "@/features/recognitions/parts/labels";
import { formatDay } from "@/lib/texts/format";
import { changeLabels, type Dimension, dimensionLabels, dimensions, fieldLabels, type Per, partLabels, perLabels } from "./labels";

/** What differs, by dimension: each part with its old and its new words. */
export function ChangeList({ changes }: { changes: ChangeShown[] }) {
  const { i18n } = useLingui();
  const groups: (Dimension | null)[] = [null, ...dimensions];
  return (
    <div className="flex flex-col gap-4" data-sensitive>
      {groups.map((dimension) => {
        const own = changes.filter((one) => one.dimension === dimension);
        if (own.length === 0) return null;
        return (
          <section key={dimension ?? "plan"}>
            <p className={`mb-1.5 font-semibold text-sm ${dimension ? dimensionLabels[dimension].color : ""}`}>
              {i18n._(dimension ? dimensionLabels[dimension].label : (partLabels.plan ?? { id: "plan" }))}
            </p>
            <ul className="flex flex-col gap-2">
              {own.map((change, index) => (
                <ChangeLine key={index} change={change} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function ChangeLine({ change }: { change: ChangeShown }) {
  const { t, i18n } = useLingui();
  const { kindName } = useKinds();
  const kind = changeLabels[change.kind];
  const words = (name: string, value: string | null) => {
    if (value === null) return t`（空）`;
    if (name.endsWith("_on")) return formatDay(value);
    if (name === "per") return i18n._(perLabels[value as Per]);
    if (name === "kind") return kindName(value);
    if (name === "support_level") return i18n._(levelLabels[value as "key" | "general"]);
    return value;
  };
  return (
    <li className="rounded-lg bg-surface-secondary px-3 py-2 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        {kind && <StatusChip tone={kind.tone}>{i18n._(kind.label)}</StatusChip>}
        <span className="text-muted text-xs">{i18n._(partLabels[change.part] ?? { id: change.part })}</span>
        <span className={change.kind === "removed" ? "line-through" : ""}>{change.label}</span>
      </p>
      {change.fields.length > 0 && (
        <dl className="mt-1.5 grid gap-1">
          {change.fields.map((field) => (
            <div key={field.name} className="grid grid-cols-[6rem_1fr] gap-2">
              <dt className="text-muted text-xs leading-5">{i18n._(fieldLabels[field.name] ?? { id: field.name })}</dt>
              <dd className="min-w-0 whitespace-pre-wrap break-words">
                <del className="text-muted">{words(field.name, field.before)}</del> <span aria-hidden>→</span>{" "}
                <ins className="font-medium no-underline">{words(field.name, field.after)}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}
