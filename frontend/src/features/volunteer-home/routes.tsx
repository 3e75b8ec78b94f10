import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { House } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { volunteerRoute } from "@/lib/routing/volunteer-route";
import { loadTexts } from "@/lib/texts/texts";

const volunteerHomeRoute = createRoute({
  getParentRoute: () => volunteerRoute,
  path: "/",
  beforeLoad: () => loadTexts("volunteer-home"),
  component: lazyRouteComponent(() => import("./volunteer-home-page"), "VolunteerHomePage"),
});

export const volunteerHomeRoutes = [volunteerHomeRoute] as const;

export const volunteerHomeMenu: MenuEntry[] = [
  { key: "home", to: "/volunteer", label: msg`首页`, icon: House, group: "today", isOnPhoneBar: true },
];
