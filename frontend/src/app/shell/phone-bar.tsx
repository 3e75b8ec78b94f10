import { useLingui } from "@lingui/react";
import { Trans, useLingui as useTexts } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Menu } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { MenuEntry } from "@/lib/routing/menu";

const MenuDrawer = lazy(() => import("./menu-drawer").then((m) => ({ default: m.MenuDrawer })));
const cell = "flex min-w-0 flex-1 cursor-pointer flex-col items-center justify-center gap-0.5 text-[0.6875rem] text-muted";

/** The bottom bar of a phone: the four pages used most, and everything else behind 更多. */
export function PhoneBar({ entries }: { entries: MenuEntry[] }) {
  const { _ } = useLingui();
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const shown = entries.filter((entry) => entry.isOnPhoneBar).slice(0, 4);
  return (
    <nav
      aria-label={t`快捷菜单`}
      data-print="hide"
      className="fixed inset-x-0 bottom-0 z-20 flex h-[calc(3.5rem+env(safe-area-inset-bottom))] border-border border-t bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      {shown.map(({ key, to, label, icon: Icon }) => (
        <Link
          key={key}
          to={to}
          activeOptions={{ exact: to.split("/").length < 3 && entries[0]?.to === to }}
          className={cell}
          activeProps={{ className: "!text-link font-medium" }}
        >
          <Icon aria-hidden className="size-5" strokeWidth={1.8} />
          <span className="max-w-full truncate px-1">{_(label)}</span>
        </Link>
      ))}
      {entries.length > shown.length && (
        <button type="button" className={cell} onClick={() => setOpen(true)}>
          <Menu aria-hidden className="size-5" strokeWidth={1.8} />
          <Trans>更多</Trans>
        </button>
      )}
      <Suspense fallback={null}>{isOpen && <MenuDrawer entries={entries} onClose={() => setOpen(false)} />}</Suspense>
    </nav>
  );
}
