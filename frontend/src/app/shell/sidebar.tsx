import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Logo } from "@/components/logo";
import type { MenuEntry } from "@/lib/routing/menu";
import { MenuLinks } from "./menu-links";

export function Sidebar({ entries }: { entries: MenuEntry[] }) {
  const { t } = useLingui();
  return (
    <nav
      aria-label={t`主菜单`}
      className="fixed inset-y-0 left-0 z-20 hidden w-(--sidebar-width) flex-col border-border border-r bg-sidebar lg:flex"
      data-print="hide"
    >
      <Link to="/" className="m-2 flex h-10 items-center gap-2.5 rounded-md px-2 font-semibold text-[0.9375rem] tracking-wide">
        <Logo size={24} />
        <Trans>暖阳</Trans>
      </Link>
      <div className="flex-1 overflow-y-auto px-2 pt-1 pb-4">
        <MenuLinks entries={entries} />
      </div>
    </nav>
  );
}
