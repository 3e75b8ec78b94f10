import { useLingui } from "@lingui/react/macro";
import { type FieldValues, type UseControllerProps, useController } from "react-hook-form";
import type { FieldProps } from "./field-props";

/** One field of a form: its value, its error, and 必填 said in words. */
export function useField<T extends FieldValues>({ control, name, isRequired, rules }: FieldProps<T>) {
  const { t } = useLingui();
  const required = isRequired ? { required: t`请填写此项` } : {};
  const { field, fieldState } = useController({ control, name, rules: { ...required, ...rules } as UseControllerProps<T>["rules"] });
  return { field, error: fieldState.error?.message, isInvalid: fieldState.invalid };
}
