import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { ClipboardCheck, SlidersHorizontal } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { choice, flag, number, searchOf, text } from "@/lib/routing/search";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const category = choice("C1", "C2", "C3", "C4");
const level = choice("key", "general");

const recognitionsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "recognitions",
  validateSearch: searchOf({
    view: choice("cases", "proposals"),
    q: text,
    due: flag,
    check_due: flag,
    renewal_due: flag,
    set_aside: flag,
    category,
    support_level: level,
    grade: number,
    state: choice("class_review", "grade_review", "school_review", "recognised", "declined", "exited"),
  }),
  beforeLoad: () => loadTexts("recognitions"),
  component: lazyRouteComponent(() => import("./recognitions-page"), "RecognitionsPage"),
});

const recognitionRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "recognitions/$recognitionId",
  beforeLoad: () => loadTexts("recognitions"),
  component: lazyRouteComponent(() => import("./recognition-page"), "RecognitionPage"),
});

const newRecognitionRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "recognitions/new/$studentId",
  validateSearch: searchOf({ category }),
  beforeLoad: () => loadTexts("recognitions"),
  component: lazyRouteComponent(() => import("./new-recognition-page"), "NewRecognitionPage"),
});

const rulesRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "recognition-rules",
  beforeLoad: () => loadTexts("recognitions"),
  component: lazyRouteComponent(() => import("./rules-page"), "RulesPage"),
});

export const recognitionsRoutes = [recognitionsRoute, newRecognitionRoute, recognitionRoute, rulesRoute] as const;

export const recognitionsMenu: MenuEntry[] = [
  {
    key: "recognitions",
    to: "/recognitions",
    label: msg`认定`,
    icon: ClipboardCheck,
    group: "support",
    keywords: "rending rd recognition",
    isOnPhoneBar: true,
  },
  {
    key: "rules",
    to: "/recognition-rules",
    label: msg`认定规则`,
    icon: SlidersHorizontal,
    group: "support",
    keywords: "guize gz rules yuzhi",
  },
];
