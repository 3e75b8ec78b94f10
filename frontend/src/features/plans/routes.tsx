import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { Target } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { choice, flag, number, searchOf, text } from "@/lib/routing/search";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

// The chips of categories and the names of measures come from the parts of two other features.
const loadPlanTexts = () => loadTexts("plans", "recognitions", "interventions");
const category = choice("C1", "C2", "C3", "C4");
const level = choice("key", "general");

const plansRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "plans",
  validateSearch: searchOf({
    view: choice("all", "queue"),
    q: text,
    state: choice("draft", "submitted", "approved", "superseded", "closed", "discarded"),
    category,
    support_level: level,
    grade: number,
    due: flag,
    mine: flag,
    lead: text,
  }),
  beforeLoad: loadPlanTexts,
  component: lazyRouteComponent(() => import("./plans-page"), "PlansPage"),
});

const newPlanRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "plans/new/$studentId",
  beforeLoad: loadPlanTexts,
  component: lazyRouteComponent(() => import("./new-plan-page"), "NewPlanPage"),
});

const groupRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "plans/group",
  beforeLoad: loadPlanTexts,
  component: lazyRouteComponent(() => import("./group-page"), "GroupPage"),
});

const planRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "plans/$planId",
  beforeLoad: loadPlanTexts,
  component: lazyRouteComponent(() => import("./plan-page"), "PlanPage"),
});

const compareRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "plans/$planId/compare",
  validateSearch: searchOf({ against: text }),
  beforeLoad: loadPlanTexts,
  component: lazyRouteComponent(() => import("./compare-page"), "ComparePage"),
});

const familyRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "plans/$planId/family",
  beforeLoad: loadPlanTexts,
  component: lazyRouteComponent(() => import("./family-page"), "FamilyPage"),
});

export const plansRoutes = [plansRoute, newPlanRoute, groupRoute, planRoute, compareRoute, familyRoute] as const;

export const plansMenu: MenuEntry[] = [
  {
    key: "plans",
    to: "/plans",
    label: msg`帮扶计划`,
    icon: Target,
    group: "support",
    keywords: "bangfu jihua bfjh plan yisheng yice ysyc",
    isOnPhoneBar: true,
  },
];
