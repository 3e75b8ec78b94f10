import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { House } from "lucide-react";
import { familyRoute } from "@/lib/routing/family-route";
import { headStart } from "@/lib/routing/head-start";
import type { MenuEntry } from "@/lib/routing/menu";
import { loadTexts } from "@/lib/texts/texts";
import { askForChildren } from "./queries";

const familyHomeRoute = createRoute({
  getParentRoute: () => familyRoute,
  path: "/",
  beforeLoad: () => loadTexts("family-home"),
  loader: (arrival) => headStart(arrival, askForChildren),
  component: lazyRouteComponent(() => import("./family-home-page"), "FamilyHomePage"),
});

export const familyHomeRoutes = [familyHomeRoute] as const;

export const familyHomeMenu: MenuEntry[] = [
  { key: "home", to: "/family", label: msg`首页`, icon: House, group: "today", isOnPhoneBar: true },
];
