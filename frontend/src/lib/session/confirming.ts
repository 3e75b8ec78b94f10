import { useSyncExternalStore } from "react";
import type { Problem } from "@/lib/http/problem";

/** What is asked besides the password; null where the school does without. */
export type Factor = Problem["factor"] | null;

interface Pending {
  factor: Factor;
  settle: (isConfirmed: boolean) => void;
}

let pending: Pending | undefined;
const listeners = new Set<() => void>();

function set(next: Pending | undefined): void {
  pending = next;
  for (const listener of listeners) listener();
}

/** Asks whoever is signed in to show anew who they are (see StepUpDialog); false when they would rather not. One question at a time. */
export function askToConfirm(factor: Factor): Promise<boolean> {
  pending?.settle(false);
  return new Promise((resolve) => {
    set({
      factor,
      settle: (isConfirmed) => {
        set(undefined);
        resolve(isConfirmed);
      },
    });
  });
}

/** The question that is open, if any. */
export function useConfirming(): Pending | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => pending,
  );
}
