import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { flag, searchOf } from "@/lib/routing/search";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const inboxRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "inbox",
  validateSearch: searchOf({ all: flag }),
  beforeLoad: () => loadTexts("inbox"),
  component: lazyRouteComponent(() => import("./inbox-page"), "InboxPage"),
});

export const inboxRoutes = [inboxRoute] as const;
