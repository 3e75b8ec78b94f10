import { useNavigate } from "@tanstack/react-router";

/** Changes part of the page's query string; filters replace the entry, so that Back leaves the list rather than undoing each letter. */
export function useSetSearch<S extends object>(): (change: Partial<S>) => void {
  const navigate = useNavigate();
  return (change) => {
    void navigate({ to: ".", search: (before: object) => ({ ...before, ...change }), replace: true, resetScroll: false } as Parameters<
      typeof navigate
    >[0]);
  };
}
