import { Outlet } from "@tanstack/react-router";
import { Logo } from "@/components/logo";
import type { MenuEntry } from "@/lib/routing/menu";
import { useSession } from "@/lib/session/session-store";
import { LazyProfileMenu } from "./lazy-profile-menu";
import { PhoneBar } from "./phone-bar";

/** The frame for families, students and volunteers: one column, large type, nothing of the staff's tools. */
export function PlainShell({ menu }: { menu: MenuEntry[]; home: string }) {
  const { school } = useSession();
  return (
    <div className="min-h-dvh text-base">
      <header
        className="sticky top-0 z-10 flex h-14 items-center gap-2.5 border-border border-b bg-background/90 px-4 backdrop-blur-md"
        data-print="hide"
      >
        <Logo size={26} />
        <p className="min-w-0 flex-1 truncate font-medium">{school?.name}</p>
        <LazyProfileMenu />
      </header>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-2xl px-4 pt-5 pb-24 outline-none">
        <Outlet />
      </main>
      <PhoneBar entries={menu} />
    </div>
  );
}
