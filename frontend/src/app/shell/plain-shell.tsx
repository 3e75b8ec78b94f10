import { Link, Outlet } from "@tanstack/react-router";
import { Logo } from "@/components/logo";
import type { MenuEntry } from "@/lib/routing/menu";
import { useSession } from "@/lib/session/session-store";
import { IdleSignOut } from "./idle-sign-out";
import { LazyProfileMenu } from "./lazy-profile-menu";
import { PhoneBar } from "./phone-bar";
import { SignOutButton } from "./sign-out-button";

interface PlainShellProps {
  menu: MenuEntry[];
  /** Used at computers that several people share: signing out is in sight, and happens by itself when nobody is there. */
  isShared?: boolean;
}

/** The frame for families, students and volunteers: one column, large type, nothing of the staff's tools. */
export function PlainShell({ menu, isShared = false }: PlainShellProps) {
  const { school } = useSession();
  return (
    <div className="min-h-dvh text-base">
      <header
        className="sticky top-0 z-10 flex h-14 items-center gap-2.5 border-border border-b bg-background/90 px-4 backdrop-blur-md"
        data-print="hide"
      >
        <Link to={menu[0]?.to ?? "/"} className="flex min-w-0 items-center gap-2.5 rounded-md font-medium">
          <Logo size={26} />
          <span className="truncate">{school?.name}</span>
        </Link>
        <span className="flex-1" />
        {isShared && <SignOutButton />}
        <LazyProfileMenu />
      </header>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-2xl px-4 pt-5 pb-24 outline-none">
        <Outlet />
      </main>
      <PhoneBar entries={menu} />
      {isShared && <IdleSignOut />}
    </div>
  );
}
