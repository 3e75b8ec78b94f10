import { Logo } from "../logo";

/** The very first frame: a quiet sun, no words, gone within a blink on a good line. */
export function FullPageLoading() {
  return (
    <div className="grid min-h-dvh place-items-center" aria-busy="true">
      <span className="animate-pulse">
        <Logo size={44} />
      </span>
    </div>
  );
}
