import { useEffect, useRef } from "react";

/** Why it was refused; whoever listens to the page is led there. */
export function RefusalAlert({ refusal }: { refusal: string | null }) {
  const alert = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (refusal) alert.current?.focus();
  }, [refusal]);
  if (!refusal) return null;
  return (
    <p
      ref={alert}
      tabIndex={-1}
      role="alert"
      className="rounded-lg bg-danger-soft px-3 py-2 text-danger-soft-foreground text-sm outline-none"
    >
      {refusal}
    </p>
  );
}
