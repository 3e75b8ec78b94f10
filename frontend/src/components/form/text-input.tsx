import type { ComponentProps } from "react";
import type { FieldValues } from "react-hook-form";
import type { FieldProps } from "./field-props";
import { FieldShell } from "./field-shell";
import { useField } from "./use-field";

interface TextInputProps<T extends FieldValues> extends FieldProps<T> {
  /** Several lines; `rows` high to begin with. */
  rows?: number;
  placeholder?: string;
  type?: "text" | "password" | "tel" | "email" | "url";
  autoComplete?: string;
  inputMode?: ComponentProps<"input">["inputMode"];
  maxLength?: number;
}

export function TextInput<T extends FieldValues>(props: TextInputProps<T>) {
  const {
    label,
    description,
    isRequired,
    isDisabled,
    rows,
    type = "text",
    className,
    placeholder,
    autoComplete,
    inputMode,
    maxLength,
  } = props;
  const { field, error } = useField(props);
  const shared = { ...field, value: field.value ?? "", disabled: isDisabled, placeholder, autoComplete, maxLength };
  return (
    <FieldShell label={label} description={description} error={error} isRequired={isRequired} className={className}>
      {(control) =>
        rows ? (
          <textarea {...shared} {...control} rows={rows} className="textarea w-full" />
        ) : (
          <input {...shared} {...control} type={type} inputMode={inputMode} className="input w-full" />
        )
      }
    </FieldShell>
  );
}
