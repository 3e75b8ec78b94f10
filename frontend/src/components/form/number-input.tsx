import { Description } from "@heroui/react/description";
import { FieldError } from "@heroui/react/field-error";
import { Label } from "@heroui/react/label";
import { NumberField } from "@heroui/react/number-field";
import type { FieldValues } from "react-hook-form";
import type { FieldProps } from "./field-props";
import { useField } from "./use-field";

interface NumberInputProps<T extends FieldValues> extends FieldProps<T> {
  min?: number;
  max?: number;
  step?: number;
  formatOptions?: Intl.NumberFormatOptions;
}

/** A number or null; never an empty string, never NaN. */
export function NumberInput<T extends FieldValues>(props: NumberInputProps<T>) {
  const { label, description, isRequired, isDisabled, min, max, step, formatOptions, className } = props;
  const { field, error, isInvalid } = useField(props);
  return (
    <NumberField
      name={field.name}
      value={field.value ?? Number.NaN}
      onChange={(value) => field.onChange(Number.isNaN(value) ? null : value)}
      onBlur={field.onBlur}
      minValue={min}
      maxValue={max}
      step={step}
      formatOptions={formatOptions}
      isRequired={isRequired}
      isDisabled={isDisabled}
      isInvalid={isInvalid}
      validationBehavior="aria"
      fullWidth
      className={className}
    >
      <Label>{label}</Label>
      <NumberField.Group>
        <NumberField.DecrementButton />
        <NumberField.Input ref={field.ref} />
        <NumberField.IncrementButton />
      </NumberField.Group>
      {description && <Description>{description}</Description>}
      <FieldError>{error}</FieldError>
    </NumberField>
  );
}
