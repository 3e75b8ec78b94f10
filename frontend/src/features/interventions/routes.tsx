import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { HandHeart } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { choice, flag, searchOf, text, texts } from "@/lib/routing/search";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

/** Opened from one's own week: the day it was owed on, and back there when it is done. `owed`, `due`: the line of the week whose students are listed. */
const fromWeek = { on: text, back: choice("week") };
const beforeLoad = () => loadTexts("interventions");

const listRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "interventions",
  validateSearch: searchOf({
    q: text,
    kind: texts,
    data_class: choice("academic", "economic", "family", "health", "wellbeing"),
    student: text,
    session: text,
    held_from: text,
    held_to: text,
    mine: flag,
    is_backfilled: flag,
    is_void: flag,
  }),
  beforeLoad,
  component: lazyRouteComponent(() => import("./interventions-page"), "InterventionsPage"),
});

const newRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "interventions/new",
  validateSearch: searchOf({ student: text, kind: text, measure: text, ...fromWeek }),
  beforeLoad,
  component: lazyRouteComponent(() => import("./record-page"), "RecordPage"),
});

const sessionRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "interventions/session",
  validateSearch: searchOf({ kind: text, owed: text, due: text, ...fromWeek }),
  beforeLoad,
  component: lazyRouteComponent(() => import("./session-page"), "SessionPage"),
});

const oneRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "interventions/$interventionId",
  beforeLoad,
  component: lazyRouteComponent(() => import("./intervention-page"), "InterventionPage"),
});

export const interventionsRoutes = [listRoute, newRoute, sessionRoute, oneRoute] as const;

export const interventionsMenu: MenuEntry[] = [
  {
    key: "interventions",
    to: "/interventions",
    label: msg`帮扶记录`,
    icon: HandHeart,
    group: "support",
    keywords: "bangfu jilu bfjl jiafang tanxin intervention record",
    isOnPhoneBar: true,
  },
];
