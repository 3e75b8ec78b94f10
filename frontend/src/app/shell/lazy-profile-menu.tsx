import { lazy, Suspense } from "react";

const ProfileMenu = lazy(() => import("./profile-menu").then((m) => ({ default: m.ProfileMenu })));

/** The menu's code follows the first paint; until then its place is kept. */
export function LazyProfileMenu() {
  return (
    <Suspense fallback={<span className="size-8 shrink-0" />}>
      <ProfileMenu />
    </Suspense>
  );
}
