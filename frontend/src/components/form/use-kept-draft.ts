import { useEffect, useRef } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { dropDraft, keepDraft, readDraft } from "@/lib/session/drafts";

export interface KeptDraft<T> {
  /** What the values were typed on: the version of the record, or 0 for a new one. */
  basis: number;
  values: T;
}

export const readKept = <T>(name: string) => readDraft<KeptDraft<T>>(name);

const pause = 400;

/** Keeps a form's values a moment after each change, and at once when the page goes away; saved or undone, they are dropped. */
export function useKeptDraft<T extends FieldValues>(form: UseFormReturn<T>, name: string, basis: number): void {
  const latest = useRef(basis);
  latest.current = basis;
  useEffect(() => {
    let timer: number | undefined;
    let waiting: (() => void) | undefined;
    const settle = () => {
      window.clearTimeout(timer);
      waiting?.();
      waiting = undefined;
    };
    const stop = form.subscribe({
      formState: { values: true, isDirty: true },
      callback: ({ values, isDirty }) => {
        waiting = () => (isDirty ? keepDraft(name, { basis: latest.current, values }) : dropDraft(name));
        window.clearTimeout(timer);
        timer = window.setTimeout(settle, pause);
      },
    });
    window.addEventListener("pagehide", settle);
    return () => {
      settle();
      stop();
      window.removeEventListener("pagehide", settle);
    };
  }, [form, name]);
}
