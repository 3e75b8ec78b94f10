import { useLingui } from "@lingui/react/macro";
import type { Control, FieldPath, FieldValues } from "react-hook-form";
import type { FormFieldShown, MeasureKindShown } from "@/api";
import { DateInput } from "@/components/form/date-input";
import { NumberInput } from "@/components/form/number-input";
import { RadioInput } from "@/components/form/radio-input";
import { SelectInput } from "@/components/form/select-input";
import { TextInput } from "@/components/form/text-input";
import { useKinds } from "./parts/use-kinds";

interface KindFieldsProps<T extends FieldValues> {
  control: Control<T>;
  kind: MeasureKindShown;
  /** Nothing is required of who did not come. */
  isAttended: boolean;
}

/** The fields of the kind's own paper form. */
export function KindFields<T extends FieldValues>({ control, kind, isAttended }: KindFieldsProps<T>) {
  const { t } = useLingui();
  const { words } = useKinds();
  const draw = (field: FormFieldShown) => {
    const common = {
      control,
      name: `form.${field.name}` as FieldPath<T>,
      label: words(field, field.name),
      isRequired: field.is_required && isAttended,
    };
    const options = field.choices.map((one) => ({ value: one.value, label: words(one, one.value) }));
    if (field.type === "choice" && options.length <= 4) return <RadioInput key={field.name} {...common} options={options} />;
    if (field.type === "choice") return <SelectInput key={field.name} {...common} options={options} />;
    if (field.type === "yes_no")
      return (
        <RadioInput
          key={field.name}
          {...common}
          options={[
            { value: "true", label: t`是` },
            { value: "false", label: t`否` },
          ]}
        />
      );
    if (field.type === "number")
      return <NumberInput key={field.name} {...common} min={field.least ?? undefined} max={field.most ?? undefined} />;
    if (field.type === "date") return <DateInput key={field.name} {...common} />;
    return <TextInput key={field.name} {...common} rows={field.type === "text" ? 2 : undefined} />;
  };
  return <>{kind.fields.map(draw)}</>;
}
