import { useSyncExternalStore } from "react";

/** 投屏模式: covers names' labels, categories and levels while a class can see the screen. Kept per device. */
const key = "nuanyang.projecting";
const listeners = new Set<() => void>();

function read(): boolean {
  try {
    return localStorage.getItem(key) === "1";
  } catch {
    return false;
  }
}

let isProjecting = read();
document.documentElement.dataset.projecting = String(isProjecting);

export function setProjecting(next: boolean): void {
  isProjecting = next;
  document.documentElement.dataset.projecting = String(next);
  try {
    localStorage.setItem(key, next ? "1" : "0");
  } catch {
    // Without storage the choice holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

export function toggleProjecting(): void {
  setProjecting(!isProjecting);
}

export function useProjecting(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isProjecting,
  );
}
