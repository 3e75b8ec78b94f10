import { useLingui } from "@lingui/react/macro";
import { ChevronDown } from "lucide-react";
import type { FieldValues } from "react-hook-form";
import type { FieldProps } from "./field-props";
import { FieldShell } from "./field-shell";
import type { Option } from "./option";
import { useField } from "./use-field";

interface SelectInputProps<T extends FieldValues> extends FieldProps<T> {
  options: Option[];
  placeholder?: string;
}

/**
 * One of a few known values, or null. The browser's own select: the wheel on phones, typing ahead on desktops, and no code
 * to load. For many or searched values take ComboInput.
 */
export function SelectInput<T extends FieldValues>(props: SelectInputProps<T>) {
  const { label, description, isRequired, isDisabled, options, placeholder, className } = props;
  const { t } = useLingui();
  const { field, error } = useField(props);
  return (
    <FieldShell label={label} description={description} error={error} isRequired={isRequired} className={className}>
      {(control) => (
        <span className="relative">
          <select
            {...field}
            {...control}
            value={field.value ?? ""}
            onChange={(event) => field.onChange(event.target.value || null)}
            disabled={isDisabled}
            className={`input w-full cursor-pointer appearance-none truncate pr-9 ${field.value ? "" : "text-field-placeholder"}`}
          >
            <option value="">{placeholder ?? t`请选择`}</option>
            {options.map(({ value, label: text, note }) => (
              <option key={value} value={value} className="bg-overlay text-foreground">
                {note ? `${text}（${note}）` : text}
              </option>
            ))}
          </select>
          <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted" />
        </span>
      )}
    </FieldShell>
  );
}
