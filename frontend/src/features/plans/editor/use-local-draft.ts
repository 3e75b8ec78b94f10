import { useEffect, useRef } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { PlanForm } from "./plan-form";

const keyOf = (planId: string) => `plan-draft:${planId}`;

interface Kept {
  version: number;
  values: PlanForm;
}

/** What was typed and not saved, from before a reload or a session's end; it lives no longer than the browser tab. */
export function readLocalDraft(planId: string, version: number): PlanForm | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(planId)) ?? "null") as Kept | null;
    return kept?.version === version ? kept.values : null;
  } catch {
    return null;
  }
}

export function dropLocalDraft(planId: string): void {
  sessionStorage.removeItem(keyOf(planId));
}

/** Keeps the form's values beside the version they were made on, a moment after each change. */
export function useLocalDraft(planId: string, version: number, form: UseFormReturn<PlanForm>): void {
  const timer = useRef<number>(undefined);
  useEffect(() => {
    const subscription = form.watch(() => {
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => {
        if (form.formState.isDirty) sessionStorage.setItem(keyOf(planId), JSON.stringify({ version, values: form.getValues() }));
      }, 700);
    });
    return () => {
      window.clearTimeout(timer.current);
      subscription.unsubscribe();
    };
  }, [planId, version, form]);
}
