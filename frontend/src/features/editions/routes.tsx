import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { ScrollText } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { choice, searchOf, text } from "@/lib/routing/search";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const editionsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "editions",
  validateSearch: searchOf({ waiting: choice("to_approve", "returned") }),
  beforeLoad: () => loadTexts("editions"),
  component: lazyRouteComponent(() => import("./editions-page"), "EditionsPage"),
});

const editionRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "editions/$editionId",
  validateSearch: searchOf({ part: choice("G", "C", "A", "P", "L", "S", "I", "M") }),
  beforeLoad: () => loadTexts("editions"),
  component: lazyRouteComponent(() => import("./edition-page"), "EditionPage"),
});

const previewRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "editions/$editionId/preview",
  beforeLoad: () => loadTexts("editions"),
  component: lazyRouteComponent(() => import("./preview-page"), "PreviewPage"),
});

const compareRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "editions/$editionId/compare",
  validateSearch: searchOf({ against: text }),
  beforeLoad: () => loadTexts("editions"),
  component: lazyRouteComponent(() => import("./compare-page"), "ComparePage"),
});

export const editionsRoutes = [editionsRoute, editionRoute, previewRoute, compareRoute] as const;

export const editionsMenu: MenuEntry[] = [
  {
    key: "editions",
    to: "/editions",
    label: msg`帮扶方案`,
    icon: ScrollText,
    group: "school",
    keywords: "bangfu fangan bffa programme edition 条款 年度 方案 工作量",
  },
];
