import { useId } from "react";
import type { FieldValues } from "react-hook-form";
import type { FieldProps } from "./field-props";
import type { Option } from "./option";
import { useField } from "./use-field";

/** One of two to five values, all in sight. */
export function RadioInput<T extends FieldValues>(props: FieldProps<T> & { options: Option[]; orientation?: "horizontal" | "vertical" }) {
  const { label, description, isRequired, isDisabled, options, orientation = "horizontal", className = "" } = props;
  const { field, error } = useField(props);
  const id = useId();
  const described = [description && `${id}-note`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div
      role="radiogroup"
      aria-required={isRequired}
      aria-invalid={error ? true : undefined}
      aria-describedby={described || undefined}
      aria-labelledby={`${id}-label`}
      className={`flex min-w-0 flex-col gap-1 ${className}`}
    >
      <span id={`${id}-label`} className={`label ${isRequired ? "label--required" : ""} ${error ? "label--invalid" : ""}`}>
        {label}
      </span>
      {description && (
        <p id={`${id}-note`} className="text-muted text-xs">
          {description}
        </p>
      )}
      <div className={`flex gap-x-5 gap-y-1.5 ${orientation === "vertical" ? "flex-col" : "flex-wrap"}`}>
        {options.map(({ value, label: text, note }, index) => (
          <label key={value} className="flex min-h-7 cursor-pointer items-center gap-2 text-sm">
            <input
              type="radio"
              ref={index === 0 ? field.ref : undefined}
              name={id}
              value={value}
              checked={field.value === value}
              disabled={isDisabled}
              onChange={() => field.onChange(value)}
              onBlur={field.onBlur}
              className="size-4 accent-accent"
            />
            <span>
              {text}
              {note && <span className="block text-muted text-xs">{note}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p id={`${id}-error`} className="text-danger text-xs">
          {error}
        </p>
      )}
    </div>
  );
}
