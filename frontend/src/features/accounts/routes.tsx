import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { UserCog } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { choice, searchOf, text } from "@/lib/routing/search";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const accountsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "accounts",
  validateSearch: searchOf({ q: text, person_kind: choice("staff", "guardian", "student") }),
  beforeLoad: () => loadTexts("accounts"),
  component: lazyRouteComponent(() => import("./accounts-page"), "AccountsPage"),
});

const accountRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "accounts/$accountId",
  beforeLoad: () => loadTexts("accounts"),
  component: lazyRouteComponent(() => import("./account-page"), "AccountPage"),
});

export const accountsRoutes = [accountsRoute, accountRoute] as const;

export const accountsMenu: MenuEntry[] = [
  {
    key: "accounts",
    to: "/accounts",
    covers: ["/sign-in-settings"],
    label: msg`账号`,
    icon: UserCog,
    group: "system",
    keywords: "zhanghao zh accounts 密码 角色",
  },
];
