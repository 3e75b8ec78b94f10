import { useEffect, useState } from "react";
import type { FieldValues } from "react-hook-form";
import type { FieldProps } from "./field-props";
import { FieldShell } from "./field-shell";
import { useField } from "./use-field";

interface NumberInputProps<T extends FieldValues> extends FieldProps<T> {
  min?: number;
  max?: number;
  step?: number;
}

/** What people type, full-width digits of a Chinese input method included; null for nothing or nonsense. */
export function parseNumber(text: string): number | null {
  const plain = text.normalize("NFKC").replace(/[,\s]/g, "");
  return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : null;
}

/** A number or null; never an empty string, never NaN. Kept within its limits when one leaves the field. */
export function NumberInput<T extends FieldValues>(props: NumberInputProps<T>) {
  const { label, description, isRequired, isDisabled, min, max, step = 1, className } = props;
  const { field, error } = useField(props);
  const value: number | null = field.value ?? null;
  const [text, setText] = useState(value === null ? "" : String(value));
  useEffect(() => {
    setText((before) => (parseNumber(before) === value ? before : value === null ? "" : String(value)));
  }, [value]);

  const take = (next: number | null) => {
    const held = next === null ? null : Math.min(max ?? next, Math.max(min ?? next, next));
    setText(held === null ? "" : String(held));
    field.onChange(held);
  };

  return (
    <FieldShell label={label} description={description} error={error} isRequired={isRequired} className={className}>
      {(control) => (
        <input
          {...control}
          ref={field.ref}
          name={field.name}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            field.onChange(parseNumber(event.target.value));
          }}
          onBlur={() => {
            take(parseNumber(text));
            field.onBlur();
          }}
          onKeyDown={(event) => {
            if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
            event.preventDefault();
            take((parseNumber(text) ?? 0) + (event.key === "ArrowUp" ? step : -step));
          }}
          inputMode={step % 1 === 0 ? "numeric" : "decimal"}
          autoComplete="off"
          disabled={isDisabled}
          className="input tnum w-full"
        />
      )}
    </FieldShell>
  );
}
