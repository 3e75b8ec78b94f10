import type { FieldValues } from "react-hook-form";
import type { FieldProps } from "@/components/form/field-props";
import type { Option } from "@/components/form/option";
import { useField } from "@/components/form/use-field";

/** Several of a few known values, in the order in which they were chosen: the browser's own boxes in one frame. */
export function TickInput<T extends FieldValues>(props: FieldProps<T> & { options: (Option & { key?: string | number })[] }) {
  const { label, description, options, className = "" } = props;
  const { field, error } = useField(props);
  const chosen: (string | number)[] = field.value ?? [];
  const toggle = (value: string | number, isOn: boolean) => {
    field.onChange(isOn ? [...chosen, value] : chosen.filter((one) => one !== value));
  };
  return (
    <fieldset className={className} aria-invalid={error ? true : undefined}>
      <legend className="label mb-1">{label}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1.5">
        {options.map(({ value, key, label: text }, index) => (
          <label key={value} className="inline-flex min-h-6 cursor-pointer items-center gap-1.5 text-sm">
            <input
              type="checkbox"
              ref={index === 0 ? field.ref : undefined}
              checked={chosen.includes(key ?? value)}
              onChange={(event) => toggle(key ?? value, event.target.checked)}
              className="size-4 accent-accent"
            />
            {text}
          </label>
        ))}
      </div>
      {description && <p className="mt-1 text-muted text-xs">{description}</p>}
      {error && <p className="mt-1 text-danger text-xs">{error}</p>}
    </fieldset>
  );
}
