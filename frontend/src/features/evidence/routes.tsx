import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { FileSearch } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { choice, flag, number, searchOf, text } from "@/lib/routing/search";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const evidenceRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "evidence",
  validateSearch: searchOf({
    category: choice("C1", "C2", "C3", "C4"),
    source: choice("self_report", "nomination", "home_visit", "special_list"),
    kind: text,
    grade: number,
    mine: flag,
    unanswered: flag,
    withdrawn: flag,
  }),
  beforeLoad: () => loadTexts("evidence"),
  component: lazyRouteComponent(() => import("./evidence-page"), "EvidencePage"),
});

const entryRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "evidence/new",
  validateSearch: searchOf({ student_id: text, name: text, source: choice("self_report", "nomination", "home_visit") }),
  beforeLoad: () => loadTexts("evidence"),
  component: lazyRouteComponent(() => import("./entry-page"), "EntryPage"),
});

const listsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "evidence/lists",
  beforeLoad: () => loadTexts("evidence", "results"),
  component: lazyRouteComponent(() => import("./special-lists-page"), "SpecialListsPage"),
});

const censusRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "evidence/census",
  validateSearch: searchOf({ class_id: text }),
  beforeLoad: () => loadTexts("evidence"),
  component: lazyRouteComponent(() => import("./census-page"), "CensusPage"),
});

export const evidenceRoutes = [evidenceRoute, entryRoute, listsRoute, censusRoute] as const;

export const evidenceMenu: MenuEntry[] = [
  {
    key: "evidence",
    to: "/evidence",
    label: msg`认定依据`,
    icon: FileSearch,
    group: "students",
    keywords: "yiju yj rending jiafang mopai dibao evidence",
    isOnPhoneBar: true,
  },
];
