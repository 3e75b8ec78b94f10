import { useEffect, useState } from "react";
import { queryClient } from "./query-client";

let quiet: Promise<void> | null = null;
let isQuiet = false;

/** Resolves once the first page has what it asked for: what is only wanted later (menus, toasts, the search) is fetched then, not in its way. */
export function whenQuiet(): Promise<void> {
  quiet ??= new Promise((resolve) => {
    let looks = 0;
    const look = () => {
      looks = queryClient.isFetching() === 0 && document.readyState === "complete" ? looks + 1 : 0;
      if (looks < 5) return setTimeout(look, 100);
      isQuiet = true;
      return resolve();
    };
    look();
  });
  return quiet;
}

export function useQuiet(): boolean {
  const [is, set] = useState(isQuiet);
  useEffect(() => {
    let isHere = true;
    void whenQuiet().then(() => isHere && set(true));
    return () => {
      isHere = false;
    };
  }, []);
  return is;
}
