import { Description } from "@heroui/react/description";
import { FieldError } from "@heroui/react/field-error";
import { Label } from "@heroui/react/label";
import { Radio } from "@heroui/react/radio";
import { RadioGroup } from "@heroui/react/radio-group";
import type { FieldValues } from "react-hook-form";
import type { FieldProps } from "./field-props";
import type { Option } from "./option";
import { useField } from "./use-field";

/** One of two to five values, all in sight. */
export function RadioInput<T extends FieldValues>(props: FieldProps<T> & { options: Option[]; orientation?: "horizontal" | "vertical" }) {
  const { label, description, isRequired, isDisabled, options, orientation = "horizontal", className } = props;
  const { field, error, isInvalid } = useField(props);
  return (
    <RadioGroup
      name={field.name}
      value={field.value ?? null}
      onChange={field.onChange}
      onBlur={field.onBlur}
      orientation={orientation}
      isRequired={isRequired}
      isDisabled={isDisabled}
      isInvalid={isInvalid}
      validationBehavior="aria"
      className={className}
    >
      <Label>{label}</Label>
      {description && <Description>{description}</Description>}
      {options.map(({ value, label: text, note }) => (
        <Radio key={value} value={value}>
          <Radio.Content>
            <Radio.Control>
              <Radio.Indicator />
            </Radio.Control>
            {text}
          </Radio.Content>
          {note && <Description>{note}</Description>}
        </Radio>
      ))}
      <FieldError>{error}</FieldError>
    </RadioGroup>
  );
}
