import { useLingui } from "@lingui/react/macro";
import { lazy, Suspense } from "react";
import { PlainButton } from "@/components/plain-button";
import { useLazyMenu } from "@/components/use-lazy-menu";
import { useMe } from "@/lib/session/session-store";
import { ProfileFace } from "./profile-face";

const ProfileMenu = lazy(() => import("./profile-menu").then((m) => ({ default: m.ProfileMenu })));

/** The button with the own face; the menu behind it comes later. */
export function LazyProfileMenu() {
  const { t } = useLingui();
  const { account } = useMe();
  const { isDue, buttonProps, startProps } = useLazyMenu();
  const name = account.display_name;
  const button = (
    <PlainButton isIconOnly variant="ghost" size="sm" aria-label={t`我的账号：${name}`} className="rounded-full" {...buttonProps}>
      <ProfileFace name={name} />
    </PlainButton>
  );
  if (!isDue) return button;
  return (
    <Suspense fallback={button}>
      <ProfileMenu {...startProps} />
    </Suspense>
  );
}
