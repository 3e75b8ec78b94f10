import type { ReactNode } from "react";
import { type Control, type FieldValues, useFormState } from "react-hook-form";
import { PlainButton } from "../plain-button";

interface SubmitButtonProps<T extends FieldValues> {
  control: Control<T>;
  children: ReactNode;
  /** The form's id, when the button stands outside of it (in a dialog's footer). */
  form?: string;
  isDisabled?: boolean;
}

export function SubmitButton<T extends FieldValues>({ control, children, form, isDisabled }: SubmitButtonProps<T>) {
  const { isSubmitting } = useFormState({ control });
  return (
    <PlainButton type="submit" form={form} isPending={isSubmitting} disabled={isSubmitting || isDisabled}>
      {children}
    </PlainButton>
  );
}
