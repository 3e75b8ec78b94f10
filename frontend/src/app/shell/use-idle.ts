import { useEffect, useState } from "react";

const signs = ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"] as const;

/** How many seconds are left until `limit` seconds without a sign of life have passed; null while there is more than `warning`. */
export function useIdle(limit: number, warning: number): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    let last = Date.now();
    const alive = () => {
      last = Date.now();
      setLeft(null);
    };
    // By the clock rather than by counting: a computer that slept has been idle all the time.
    const look = () => {
      const rest = Math.max(0, limit - Math.floor((Date.now() - last) / 1000));
      setLeft(rest <= warning ? rest : null);
    };
    const timer = setInterval(look, 1000);
    for (const sign of signs) window.addEventListener(sign, alive, { passive: true, capture: true });
    return () => {
      clearInterval(timer);
      for (const sign of signs) window.removeEventListener(sign, alive, { capture: true });
    };
  }, [limit, warning]);
  return left;
}
