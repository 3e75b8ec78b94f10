import { Description } from "@heroui/react/description";
import { FieldError } from "@heroui/react/field-error";
import { Input } from "@heroui/react/input";
import { Label } from "@heroui/react/label";
import { TextArea } from "@heroui/react/textarea";
import { TextField } from "@heroui/react/textfield";
import type { ComponentProps } from "react";
import type { FieldValues } from "react-hook-form";
import type { FieldProps } from "./field-props";
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
  const { label, description, isRequired, isDisabled, rows, placeholder, type, autoComplete, inputMode, maxLength, className } = props;
  const { field, error, isInvalid } = useField(props);
  return (
    <TextField
      name={field.name}
      value={field.value ?? ""}
      onChange={field.onChange}
      onBlur={field.onBlur}
      type={type}
      autoComplete={autoComplete}
      maxLength={maxLength}
      isRequired={isRequired}
      isDisabled={isDisabled}
      isInvalid={isInvalid}
      validationBehavior="aria"
      fullWidth
      className={className}
    >
      <Label>{label}</Label>
      {rows ? (
        <TextArea ref={field.ref} rows={rows} placeholder={placeholder} />
      ) : (
        <Input ref={field.ref} placeholder={placeholder} inputMode={inputMode} />
      )}
      {description && <Description>{description}</Description>}
      <FieldError>{error}</FieldError>
    </TextField>
  );
}
