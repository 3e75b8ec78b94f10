import { useId } from "react";
import type { FieldValues } from "react-hook-form";
import type { FieldProps } from "@/components/form/field-props";
import type { Option } from "@/components/form/option";
import { useField } from "@/components/form/use-field";

interface ChoiceCardsProps<T extends FieldValues> extends FieldProps<T> {
  options: Option[];
  /** Short answers stand side by side, longer ones below each other (two columns on a wide screen). */
  layout?: "row" | "grid";
}

/** One of several, as cards large enough for a thumb; arrow keys move between them as in any radio group. */
export function ChoiceCards<T extends FieldValues>(props: ChoiceCardsProps<T>) {
  const { label, description, isRequired, options, layout = "grid" } = props;
  const { field, error } = useField(props);
  const id = useId();
  const described = [description && `${id}-note`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div
      role="radiogroup"
      aria-labelledby={`${id}-label`}
      aria-required={isRequired}
      aria-invalid={error ? true : undefined}
      aria-describedby={described || undefined}
      className="flex min-w-0 flex-col gap-2"
    >
      <span id={`${id}-label`} className={`font-medium ${isRequired ? "label--required" : ""} ${error ? "text-danger" : ""}`}>
        {label}
      </span>
      {description && (
        <p id={`${id}-note`} className="-mt-1 text-muted text-sm">
          {description}
        </p>
      )}
      <div className={layout === "row" ? "flex flex-wrap gap-2" : "grid gap-2 sm:grid-cols-2"}>
        {options.map((option, index) => {
          const isChosen = field.value === option.value;
          return (
            <label
              key={option.value}
              className={`flex min-h-12 cursor-pointer items-center gap-3 rounded-lg border px-3.5 py-2.5 focus-within:outline-2 focus-within:outline-focus focus-within:outline-offset-2 ${isChosen ? "border-accent bg-accent-soft text-accent-soft-foreground" : "border-field-border bg-surface hover:bg-surface-secondary"}`}
            >
              <input
                type="radio"
                ref={index === 0 ? field.ref : undefined}
                name={id}
                value={option.value}
                checked={isChosen}
                onChange={() => field.onChange(option.value)}
                onBlur={field.onBlur}
                className="size-4.5 shrink-0 accent-accent outline-none"
              />
              <span className="min-w-0">
                <span className="block font-medium">{option.label}</span>
                {option.note && <span className={`block text-sm ${isChosen ? "" : "text-muted"}`}>{option.note}</span>}
              </span>
            </label>
          );
        })}
      </div>
      {error && (
        <p id={`${id}-error`} className="text-danger text-sm">
          {error}
        </p>
      )}
    </div>
  );
}
