import { Description } from "@heroui/react/description";
import { FieldError } from "@heroui/react/field-error";
import { Label } from "@heroui/react/label";
import { ListBox } from "@heroui/react/list-box";
import { Select } from "@heroui/react/select";
import { useLingui } from "@lingui/react/macro";
import type { FieldValues } from "react-hook-form";
import type { FieldProps } from "./field-props";
import type { Option } from "./option";
import { useField } from "./use-field";

interface SelectInputProps<T extends FieldValues> extends FieldProps<T> {
  options: Option[];
  placeholder?: string;
}

/** One of a few known values, or null. For many or searched values take ComboInput. */
export function SelectInput<T extends FieldValues>(props: SelectInputProps<T>) {
  const { label, description, isRequired, isDisabled, options, placeholder, className } = props;
  const { t } = useLingui();
  const { field, error, isInvalid } = useField(props);
  return (
    <Select
      name={field.name}
      value={field.value ?? null}
      onChange={(value) => field.onChange(value)}
      onBlur={field.onBlur}
      placeholder={placeholder ?? t`请选择`}
      isRequired={isRequired}
      isDisabled={isDisabled}
      isInvalid={isInvalid}
      validationBehavior="aria"
      fullWidth
      className={className}
    >
      <Label>{label}</Label>
      <Select.Trigger ref={field.ref}>
        <Select.Value />
        <Select.Indicator />
      </Select.Trigger>
      {description && <Description>{description}</Description>}
      <FieldError>{error}</FieldError>
      <Select.Popover>
        <ListBox>
          {options.map(({ value, label: text, note }) => (
            <ListBox.Item key={value} id={value} textValue={text}>
              <div className="flex flex-col">
                <Label>{text}</Label>
                {note && <Description>{note}</Description>}
              </div>
              <ListBox.ItemIndicator />
            </ListBox.Item>
          ))}
        </ListBox>
      </Select.Popover>
    </Select>
  );
}
