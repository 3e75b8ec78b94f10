import { Trans } from "@lingui/react/macro";
import { useEffect } from "react";
import { signOut } from "@/lib/session/sign-in";
import { useIdle } from "./use-idle";

const limit = 5 * 60;
const warning = 45;

/** Who walked away from the class's computer is signed out after five minutes; a word before, and any key or touch stays. */
export function IdleSignOut() {
  const left = useIdle(limit, warning);
  useEffect(() => {
    if (left === 0) void signOut();
  }, [left]);
  if (left === null) return null;
  return (
    <div
      role="alert"
      className="fixed inset-x-0 bottom-16 z-50 mx-auto w-[calc(100%-2rem)] max-w-sm rounded-xl bg-overlay p-4 text-center shadow-overlay"
    >
      <p className="font-semibold">
        <Trans>还在吗？</Trans>
      </p>
      <p className="mt-1 text-muted text-sm">
        <Trans>很久没有操作，马上就会自动退出。动一下鼠标、按任意键或点一下屏幕就会留下。</Trans>
      </p>
      {/* Not read out: an alert that changes every second would never stop speaking. */}
      <p aria-hidden className="tnum mt-1 font-semibold text-lg">
        {left}
      </p>
    </div>
  );
}
