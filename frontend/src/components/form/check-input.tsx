import { Checkbox } from "@heroui/react/checkbox";
import type { FieldValues } from "react-hook-form";
import type { FieldProps } from "./field-props";
import { useField } from "./use-field";

/** Yes or no. */
export function CheckInput<T extends FieldValues>(props: FieldProps<T>) {
  const { label, description, isDisabled, className } = props;
  const { field, error, isInvalid } = useField(props);
  return (
    <div className={className}>
      <Checkbox
        name={field.name}
        isSelected={!!field.value}
        onChange={field.onChange}
        onBlur={field.onBlur}
        isDisabled={isDisabled}
        isInvalid={isInvalid}
      >
        <Checkbox.Content>
          <Checkbox.Control>
            <Checkbox.Indicator />
          </Checkbox.Control>
          <span className="text-sm">{label}</span>
        </Checkbox.Content>
      </Checkbox>
      {description && <p className="mt-0.5 ml-7 text-muted text-xs">{description}</p>}
      {error && <p className="mt-0.5 ml-7 text-danger text-xs">{error}</p>}
    </div>
  );
}
