/** The very first frame: a quiet sun, no words, gone within a blink on a good line. */
export function FullPageLoading() {
  return (
    <div className="grid min-h-dvh place-items-center" aria-busy="true">
      <img src="/favicon.svg" alt="" width={44} height={44} className="animate-pulse" />
    </div>
  );
}
