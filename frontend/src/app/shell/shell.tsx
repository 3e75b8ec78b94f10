import { Trans } from "@lingui/react/macro";
import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { whenQuiet } from "@/lib/http/when-quiet";
import type { MenuEntry, PaletteSource } from "@/lib/routing/menu";
import { useMe } from "@/lib/session/session-store";
import { PhoneBar } from "./phone-bar";
import { Sidebar } from "./sidebar";
import { TopBar } from "./top-bar";
import { useShellKeys } from "./use-shell-keys";

const loadPalette = () => import("./palette").then((m) => ({ default: m.Palette }));
const Palette = lazy(loadPalette);
const ShortcutHelp = lazy(() => import("./shortcut-help").then((m) => ({ default: m.ShortcutHelp })));

/** The frame of the staff workspace: sidebar, top bar, page; on a phone a bottom bar takes the sidebar's place. */
export function Shell({ menu, palette }: { menu: MenuEntry[]; palette: PaletteSource[] }) {
  const me = useMe();
  const [open, setOpen] = useState<"palette" | "help" | null>(null);
  const entries = menu.filter((entry) => entry.key === "home" || me.menu.includes(entry.key));
  useShellKeys({ onPalette: () => setOpen("palette"), onHelp: () => setOpen("help") });
  const close = () => setOpen(null);
  // Whoever presses Ctrl+K and types on loses no letter.
  useEffect(() => void whenQuiet().then(loadPalette), []);
  return (
    <div className="min-h-dvh lg:pl-(--sidebar-width) print:min-h-0 print:pl-0">
      <a
        href="#main"
        className="sr-only rounded-lg bg-accent px-4 py-2 text-accent-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        <Trans>跳到正文</Trans>
      </a>
      <Sidebar entries={entries} />
      <TopBar onPalette={() => setOpen("palette")} onHelp={() => setOpen("help")} />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-[1600px] px-4 pt-5 pb-24 outline-none lg:px-7 lg:pb-12 print:max-w-none print:p-0"
      >
        <Outlet />
      </main>
      <PhoneBar entries={entries} />
      <Suspense fallback={null}>
        {open === "palette" && <Palette entries={entries} sources={palette} onClose={close} onHelp={() => setOpen("help")} />}
        {open === "help" && <ShortcutHelp onClose={close} />}
      </Suspense>
    </div>
  );
}
