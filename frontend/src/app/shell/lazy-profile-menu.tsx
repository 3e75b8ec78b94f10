import { useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import { PlainButton } from "@/components/plain-button";
import { useQuiet } from "@/lib/http/when-quiet";
import { useMe } from "@/lib/session/session-store";
import { ProfileFace } from "./profile-face";

const ProfileMenu = lazy(() => import("./profile-menu").then((m) => ({ default: m.ProfileMenu })));

/** The menu's code follows when the page is quiet, or at once when somebody presses. */
export function LazyProfileMenu() {
  const { t } = useLingui();
  const { account } = useMe();
  const isQuiet = useQuiet();
  const [isWanted, setWanted] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const name = account.display_name;
  const button = (
    <PlainButton
      isIconOnly
      variant="ghost"
      size="sm"
      aria-label={t`我的账号：${name}`}
      aria-haspopup="menu"
      // From the first touch on: the menu may take this button's place before the finger is off it, and no click would come.
      onPointerDown={(event) => event.button === 0 && setWanted(true)}
      onClick={() => setWanted(true)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      className="rounded-full"
    >
      <ProfileFace name={name} />
    </PlainButton>
  );
  if (!isQuiet && !isWanted) return button;
  return (
    <Suspense fallback={button}>
      <ProfileMenu isOpenAtFirst={isWanted} isFocusedAtFirst={isFocused} />
    </Suspense>
  );
}
