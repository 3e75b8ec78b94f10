import { type ReactNode, useId } from "react";

interface FieldShellProps {
  label: ReactNode;
  description?: ReactNode;
  error?: string;
  isRequired?: boolean;
  className?: string;
  /** Draws the control; gives it these, so that label, note and error belong to it for screen readers, too. */
  children: (control: {
    id: string;
    "aria-describedby"?: string;
    "aria-invalid"?: true;
    "data-invalid"?: true;
    required?: boolean;
  }) => ReactNode;
}

/** Label above, note and error below: the same around every field. */
export function FieldShell({ label, description, error, isRequired, className = "", children }: FieldShellProps) {
  const id = useId();
  const described = [description && `${id}-note`, error && `${id}-error`].filter(Boolean).join(" ");
  const invalid = error ? ({ "aria-invalid": true, "data-invalid": true } as const) : {};
  return (
    <div className={`flex flex-col gap-1 ${className}`}>
      <label htmlFor={id} className={`label w-fit ${isRequired ? "label--required" : ""} ${error ? "label--invalid" : ""}`}>
        {label}
      </label>
      {children({ id, "aria-describedby": described || undefined, required: isRequired, ...invalid })}
      {description && (
        <p id={`${id}-note`} className="text-muted text-xs">
          {description}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-danger text-xs">
          {error}
        </p>
      )}
    </div>
  );
}
