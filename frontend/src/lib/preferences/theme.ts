import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark" | "system";

const key = "nuanyang.theme";
const listeners = new Set<() => void>();
const darkScreen = window.matchMedia("(prefers-color-scheme: dark)");

function readTheme(): Theme {
  try {
    const kept = localStorage.getItem(key);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return "system";
  }
}

let theme = readTheme();

/** As `public/theme.js` does before the first paint, and whenever the system changes. */
function apply(): void {
  const isDark = theme === "dark" || (theme === "system" && darkScreen.matches);
  document.documentElement.classList.toggle("dark", isDark);
  document.documentElement.classList.toggle("light", !isDark);
}

export function setTheme(next: Theme): void {
  theme = next;
  try {
    localStorage.setItem(key, next);
  } catch {
    // Without storage the choice holds until the page is closed.
  }
  apply();
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => theme,
  );
}
