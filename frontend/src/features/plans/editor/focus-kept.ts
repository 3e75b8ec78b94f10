/** Saving draws the fields anew: whoever saves by Ctrl+S in the middle of a sentence goes on writing where they were. */
export function focusKept(): () => void {
  const at = document.activeElement;
  if (!(at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement) || !at.name) return () => undefined;
  const { name } = at;
  const caret = at.type === "text" || at instanceof HTMLTextAreaElement ? at.selectionStart : null;
  return () => {
    window.setTimeout(() => {
      const again = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${CSS.escape(name)}"]`);
      again?.focus();
      if (caret !== null) again?.setSelectionRange(caret, caret);
    }, 0);
  };
}
