import type { ReactNode } from "react";
import type { FieldValues } from "react-hook-form";
import type { ApiForm } from "./use-api-form";

interface ApiFormBodyProps<T extends FieldValues> {
  form: ApiForm<T>;
  children: ReactNode;
  /** Buttons; the last one is `type="submit"`. Left out when a dialog's footer holds them (then give `id`). */
  actions?: ReactNode;
  id?: string;
  className?: string;
}

/** The <form> around the fields, with the refusals that belong to no single field. */
export function ApiFormBody<T extends FieldValues>({
  form,
  children,
  actions,
  id,
  className = "flex flex-col gap-4",
}: ApiFormBodyProps<T>) {
  const refusal = form.formState.errors.root?.server?.message;
  return (
    <form id={id} noValidate onSubmit={(event) => void form.send(event)} className={className}>
      {children}
      {refusal && (
        <p role="alert" className="whitespace-pre-line rounded-lg bg-danger-soft px-3 py-2 text-danger-soft-foreground text-sm">
          {refusal}
        </p>
      )}
      {actions && <div className="flex flex-wrap justify-end gap-2 pt-1">{actions}</div>}
    </form>
  );
}
