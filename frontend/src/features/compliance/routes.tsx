import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { ListChecks } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { choice, number, searchOf, text, texts } from "@/lib/routing/search";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const beforeLoad = () => Promise.all([loadTexts("compliance"), loadTexts("editions")]);
/** `on`: any day of the term or year; `week`: any day of the one week of a cell. */
const asked = {
  span: choice("term", "year"),
  on: text,
  grade: number,
  class: text,
};

const pageRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "compliance",
  validateSearch: searchOf({
    ...asked,
    owner: choice("principal", "academic_affairs", "moral_education", "general_affairs", "youth_league"),
    view: choice("table", "map"),
  }),
  beforeLoad,
  component: lazyRouteComponent(() => import("./compliance-page"), "CompliancePage"),
});

const clauseRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "compliance/$clause",
  validateSearch: searchOf({ ...asked, week: text, state: texts }),
  beforeLoad,
  component: lazyRouteComponent(() => import("./occurrences-page"), "OccurrencesPage"),
});

export const complianceRoutes = [pageRoute, clauseRoute] as const;

export const complianceMenu: MenuEntry[] = [
  {
    key: "compliance",
    to: "/compliance",
    label: msg`落实情况`,
    icon: ListChecks,
    group: "support",
    keywords: "luoshi qingkuang lsqk fangan duizhao compliance 方案对照",
  },
];
