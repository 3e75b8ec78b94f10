import { useLingui } from "@lingui/react";
import { Link, useLocation } from "@tanstack/react-router";
import type { MenuEntry } from "@/lib/routing/menu";
import { grouped, groupLabels } from "./menu-groups";

const active = { className: "!bg-sidebar-active !text-foreground", "aria-current": "page" } as const;

/** The menu as the sidebar and the phone's drawer show it. */
export function MenuLinks({ entries, onFollow }: { entries: MenuEntry[]; onFollow?: () => void }) {
  const { _ } = useLingui();
  const here = useLocation({ select: ({ pathname }) => pathname });
  return grouped(entries).map(([group, list]) => {
    const label = groupLabels[group];
    return (
      <div key={group} className="mb-4">
        {label && <p className="mb-1 px-2.5 font-medium text-muted text-xs">{_(label)}</p>}
        <ul className="flex flex-col gap-0.5">
          {list.map(({ key, to, covers, label: text, icon: Icon }) => (
            <li key={key}>
              <Link
                to={to}
                onClick={onFollow}
                activeOptions={{ exact: to === "/" }}
                className="flex h-9 items-center gap-2.5 rounded-md px-2.5 font-medium text-foreground/80 text-sm hover:bg-sidebar-active/60 hover:text-foreground lg:h-8"
                activeProps={active}
                inactiveProps={covers?.includes(here) ? active : undefined}
              >
                <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.9} />
                <span className="truncate">{_(text)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    );
  });
}
