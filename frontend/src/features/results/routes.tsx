import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { ChartColumn } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { choice, number, searchOf, text } from "@/lib/routing/search";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const resultsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "results",
  validateSearch: searchOf({ grade: number, kind: choice("midterm", "final", "monthly", "unit", "level_test") }),
  beforeLoad: () => loadTexts("results"),
  component: lazyRouteComponent(() => import("./exams-page"), "ExamsPage"),
});

const examRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "results/$examId",
  validateSearch: searchOf({ subject: text, class_id: text }),
  beforeLoad: () => loadTexts("results"),
  component: lazyRouteComponent(() => import("./exam-page"), "ExamPage"),
});

const importRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "results/$examId/import",
  beforeLoad: () => loadTexts("results"),
  component: lazyRouteComponent(() => import("./results-import-page"), "ResultsImportPage"),
});

const attendanceRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "attendance",
  beforeLoad: () => loadTexts("results"),
  component: lazyRouteComponent(() => import("./attendance-page"), "AttendancePage"),
});

export const resultsRoutes = [resultsRoute, examRoute, importRoute, attendanceRoute] as const;

export const resultsMenu: MenuEntry[] = [
  {
    key: "results",
    to: "/results",
    label: msg`成绩与考勤`,
    icon: ChartColumn,
    group: "students",
    keywords: "chengji cj kaoqin kq kaoshi results",
  },
];
