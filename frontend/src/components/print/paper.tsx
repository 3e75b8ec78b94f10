import type { ReactNode } from "react";
import { usePrinting } from "./use-printing";

/** What is handed in on paper, in the order and the tables of the school's forms; the page on the screen is left off it. */
export function Paper({ children }: { children: () => ReactNode }) {
  return usePrinting() ? <article className="paper">{children()}</article> : null;
}
