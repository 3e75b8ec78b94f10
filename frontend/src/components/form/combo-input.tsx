import { type ComponentType, lazy, Suspense } from "react";
import type { FieldValues } from "react-hook-form";
import type { ComboInputProps } from "./combo-input-props";

const ComboInputLoaded = lazy(() => import("./combo-input-loaded").then((m) => ({ default: m.ComboInputLoaded as ComponentType<object> })));

/** One of many, found by typing; the server searches. Its code follows the form's first paint, in a place kept for it. */
export function ComboInput<T extends FieldValues>(props: ComboInputProps<T>) {
  const place = (
    <div className={`flex flex-col gap-1 ${props.className ?? ""}`}>
      <span className="label">{props.label}</span>
      <span aria-hidden className="input h-9.5" />
    </div>
  );
  return (
    <Suspense fallback={place}>
      <ComboInputLoaded {...(props as object)} />
    </Suspense>
  );
}
