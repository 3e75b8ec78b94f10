import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { Radar } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { choice, flag, number, searchOf, text } from "@/lib/routing/search";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const gapsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "gaps",
  validateSearch: searchOf({
    kind: text,
    grade: number,
    class: text,
    owner: choice("principal", "academic_affairs", "moral_education", "general_affairs", "youth_league"),
    mine: flag,
    waived: flag,
  }),
  beforeLoad: () => Promise.all([loadTexts("gaps"), loadTexts("editions")]),
  component: lazyRouteComponent(() => import("./gaps-page"), "GapsPage"),
});

export const gapsRoutes = [gapsRoute] as const;

export const gapsMenu: MenuEntry[] = [
  {
    key: "gaps",
    to: "/gaps",
    label: msg`待补环节`,
    icon: Radar,
    group: "support",
    keywords: "daibu huanjie dbhj quekou gap 缺口 无人联系",
  },
];
