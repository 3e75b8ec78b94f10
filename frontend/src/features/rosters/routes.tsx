import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { FileUp } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { choice, searchOf, text } from "@/lib/routing/search";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const rostersRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "rosters",
  beforeLoad: () => loadTexts("rosters"),
  component: lazyRouteComponent(() => import("./rosters-page"), "RostersPage"),
});

const importRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "rosters/$importId",
  validateSearch: searchOf({ severity: choice("error", "warning", "note"), code: text }),
  beforeLoad: () => loadTexts("rosters"),
  component: lazyRouteComponent(() => import("./import-page"), "ImportPage"),
});

const whereaboutsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "rosters/whereabouts",
  validateSearch: searchOf({ state: choice("open", "resolved") }),
  beforeLoad: () => loadTexts("rosters"),
  component: lazyRouteComponent(() => import("./whereabouts-page"), "WhereaboutsPage"),
});

const duplicatesRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "rosters/duplicates",
  validateSearch: searchOf({ state: choice("suggested", "merged", "dismissed", "undone") }),
  beforeLoad: () => loadTexts("rosters"),
  component: lazyRouteComponent(() => import("./duplicates-page"), "DuplicatesPage"),
});

const mappingsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "rosters/mappings",
  validateSearch: searchOf({ from: text }),
  beforeLoad: () => loadTexts("rosters"),
  component: lazyRouteComponent(() => import("./mappings-page"), "MappingsPage"),
});

export const rostersRoutes = [rostersRoute, importRoute, whereaboutsRoute, duplicatesRoute, mappingsRoute] as const;

export const rostersMenu: MenuEntry[] = [
  {
    key: "rosters",
    to: "/rosters",
    label: msg`名册导入`,
    icon: FileUp,
    group: "students",
    keywords: "mingce mc rosters 学籍 去向 oneroster",
  },
];
