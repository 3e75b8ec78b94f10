import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { LockKeyholeOpen } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { choice, flag, searchOf } from "@/lib/routing/search";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const counsellingRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "students/$studentId/counselling",
  beforeLoad: () => loadTexts("counselling"),
  component: lazyRouteComponent(() => import("./counselling-page"), "CounsellingPage"),
});

const openingsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "break-glass",
  validateSearch: searchOf({ state: choice("open", "to_review", "overdue", "reviewed"), mine: flag, unseen: flag }),
  beforeLoad: () => loadTexts("counselling"),
  component: lazyRouteComponent(() => import("./openings-page"), "OpeningsPage"),
});

export const counsellingRoutes = [counsellingRoute, openingsRoute] as const;

export const counsellingMenu: MenuEntry[] = [
  {
    key: "break_glass",
    to: "/break-glass",
    label: msg`紧急查阅`,
    icon: LockKeyholeOpen,
    group: "support",
    keywords: "jinji chayue jjcy break glass 心理 辅导 复核",
  },
];
