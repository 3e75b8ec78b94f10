import type { ReactNode } from "react";
import type { Control, FieldPath, FieldValues, UseControllerProps } from "react-hook-form";

/** What every field of a form takes. */
export interface FieldProps<T extends FieldValues> {
  control: Control<T>;
  name: FieldPath<T>;
  label: ReactNode;
  description?: ReactNode;
  isRequired?: boolean;
  isDisabled?: boolean;
  rules?: UseControllerProps<T>["rules"];
  className?: string;
}
