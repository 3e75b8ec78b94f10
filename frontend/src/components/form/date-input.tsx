import { Description } from "@heroui/react/description";
import { FieldError } from "@heroui/react/field-error";
import { Input } from "@heroui/react/input";
import { Label } from "@heroui/react/label";
import { TextField } from "@heroui/react/textfield";
import type { FieldValues } from "react-hook-form";
import type { FieldProps } from "./field-props";
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
  const { field, error, isInvalid } = useField(props);
  return (
    <TextField
      name={field.name}
      value={field.value ?? ""}
      onChange={(value) => field.onChange(value || null)}
      onBlur={field.onBlur}
      isRequired={isRequired}
      isDisabled={isDisabled}
      isInvalid={isInvalid}
      validationBehavior="aria"
      fullWidth
      className={className}
    >
      <Label>{label}</Label>
      <Input ref={field.ref} type={hasTime ? "datetime-local" : "date"} min={min} max={max} className="tnum" />
      {description && <Description>{description}</Description>}
      <FieldError>{error}</FieldError>
    </TextField>
  );
}
