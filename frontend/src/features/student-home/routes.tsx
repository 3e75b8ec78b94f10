import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { House, MessageCircleHeart } from "lucide-react";
import { headStart } from "@/lib/routing/head-start";
import type { MenuEntry } from "@/lib/routing/menu";
import { studentRoute } from "@/lib/routing/student-route";
import { loadTexts } from "@/lib/texts/texts";
import { askForReports, askForTellForm } from "./queries";

const studentHomeRoute = createRoute({
  getParentRoute: () => studentRoute,
  path: "/",
  beforeLoad: () => Promise.all(["student-home", "family-child"].map((name) => loadTexts(name))),
  loader: (context) => headStart(context, askForReports),
  component: lazyRouteComponent(() => import("./student-home-page"), "StudentHomePage"),
});

const tellRoute = createRoute({
  getParentRoute: () => studentRoute,
  path: "tell",
  beforeLoad: () => loadTexts("student-home"),
  loader: (context) => headStart(context, askForTellForm),
  component: lazyRouteComponent(() => import("./tell-page"), "TellPage"),
});

export const studentHomeRoutes = [studentHomeRoute, tellRoute] as const;

export const studentHomeMenu: MenuEntry[] = [
  { key: "home", to: "/student", label: msg`首页`, icon: House, group: "today", isOnPhoneBar: true },
  { key: "tell", to: "/student/tell", label: msg`说一说`, icon: MessageCircleHeart, group: "today", isOnPhoneBar: true },
];
