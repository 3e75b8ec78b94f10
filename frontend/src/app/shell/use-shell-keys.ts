import { useEffect } from "react";
import { toggleProjecting } from "@/lib/preferences/projecting";

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select, [role='textbox'], [role='combobox']"))
  );
}

interface ShellKeys {
  onPalette: () => void;
  onHelp: () => void;
}

/** Ctrl+K everywhere; single letters only while nobody is typing. */
export function useShellKeys({ onPalette, onHelp }: ShellKeys): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        onPalette();
        return;
      }
      if (event.key === "F9") {
        event.preventDefault();
        toggleProjecting();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === "?") onHelp();
      if (event.key === "/") {
        const search = document.querySelector<HTMLInputElement>("main input[type='search']");
        if (!search) return onPalette();
        event.preventDefault();
        search.focus();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onPalette, onHelp]);
}
