import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const handoversRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "handovers",
  beforeLoad: () => loadTexts("handovers"),
  component: lazyRouteComponent(() => import("./handovers-page"), "HandoversPage"),
});

export const handoversRoutes = [handoversRoute] as const;
