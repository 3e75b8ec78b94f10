import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { House } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const homeRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "/",
  beforeLoad: () => loadTexts("home"),
  component: lazyRouteComponent(() => import("./home-page"), "HomePage"),
});

export const homeRoutes = [homeRoute] as const;

export const homeMenu: MenuEntry[] = [
  { key: "home", to: "/", label: msg`首页`, icon: House, group: "today", keywords: "shouye sy home", isOnPhoneBar: true },
];
