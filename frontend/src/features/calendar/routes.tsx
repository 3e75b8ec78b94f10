import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { CalendarDays } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { number, searchOf, text } from "@/lib/routing/search";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const calendarRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "calendar",
  /** `year`: the September in which the school year begins; `month`: 2026-10, one month in large. */
  validateSearch: searchOf({ year: number, month: text }),
  beforeLoad: () => loadTexts("calendar"),
  component: lazyRouteComponent(() => import("./calendar-page"), "CalendarPage"),
});

export const calendarRoutes = [calendarRoute] as const;

export const calendarMenu: MenuEntry[] = [
  {
    key: "calendar",
    to: "/calendar",
    label: msg`校历`,
    icon: CalendarDays,
    group: "school",
    keywords: "xiaoli xl calendar 学期 放假 调休 考试周 阶段",
  },
];
