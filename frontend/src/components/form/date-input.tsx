import type { FieldValues } from "react-hook-form";
import type { FieldProps } from "./field-props";
import { FieldShell } from "./field-shell";
import { useField } from "./use-field";

interface DateInputProps<T extends FieldValues> extends FieldProps<T> {
  /** ISO dates, `2026-09-01`. */
  min?: string;
  max?: string;
  /** With the time of day: values become `2026-09-01T14:30`. */
  hasTime?: boolean;
}

/** An ISO date or null, by the browser's own date field: the wheel on phones, digits and a calendar on desktops. */
export function DateInput<T extends FieldValues>(props: DateInputProps<T>) {
  const { label, description, isRequired, isDisabled, min, max, hasTime, className } = props;
  const { field, error } = useField(props);
  return (
    <FieldShell label={label} description={description} error={error} isRequired={isRequired} className={className}>
      {(control) => (
        <input
          {...field}
          {...control}
          value={field.value ?? ""}
          onChange={(event) => field.onChange(event.target.value || null)}
          type={hasTime ? "datetime-local" : "date"}
          min={min}
          max={max}
          disabled={isDisabled}
          className="input tnum w-full"
        />
      )}
    </FieldShell>
  );
}
