import { useLingui } from "@lingui/react/macro";
import type { Control, FieldPath, FieldValues } from "react-hook-form";
import type { FactShown } from "@/api";
import { CheckInput } from "@/components/form/check-input";
import { DateInput } from "@/components/form/date-input";
import { NumberInput } from "@/components/form/number-input";
import { SelectInput } from "@/components/form/select-input";
import { TextInput } from "@/components/form/text-input";
import { factUnits } from "./labels";

interface FactFieldsProps<T extends FieldValues> {
  control: Control<T>;
  /** Path of the facts in the form, such as `items.0.facts`. */
  path: string;
  facts: FactShown[];
}

/** One field a fact, as its type wants it. Money is typed in yuan and sent in fen. */
export function FactFields<T extends FieldValues>({ control, path, facts }: FactFieldsProps<T>) {
  const { t, i18n } = useLingui();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {facts.map((fact) => {
        const known = fact.unit ? factUnits[fact.unit] : undefined;
        const unit = fact.type === "money" ? t`元` : known && i18n._(known);
        const label = unit ? `${fact.name}（${unit}）` : fact.name;
        const common = { control, name: `${path}.${fact.code}` as FieldPath<T>, label, isRequired: fact.is_required };
        switch (fact.type) {
          case "choice":
            return (
              <SelectInput key={fact.code} {...common} options={fact.options.map(({ code, name }) => ({ value: code, label: name }))} />
            );
          case "date":
            return <DateInput key={fact.code} {...common} />;
          case "boolean":
            return <CheckInput key={fact.code} {...common} />;
          case "text":
            return <TextInput key={fact.code} {...common} />;
          default:
            return <NumberInput key={fact.code} {...common} min={fact.minimum ?? undefined} step={fact.type === "integer" ? 1 : 0.01} />;
        }
      })}
    </div>
  );
}
