import { createRouter } from "@tanstack/react-router";
import { queryClient } from "@/lib/http/query-client";
import { familyRoute } from "@/lib/routing/family-route";
import { rootRoute } from "@/lib/routing/root-route";
import { staffRoute } from "@/lib/routing/staff-route";
import { studentRoute } from "@/lib/routing/student-route";
import { volunteerRoute } from "@/lib/routing/volunteer-route";
import { familyRoutes } from "./family";
import { staffRoutes } from "./staff";
import { studentRoutes } from "./student";
import { volunteerRoutes } from "./volunteer";

/** For the type checker only, nothing imports this file: links are checked against the pages of every workspace, though a browser loads but one. */
export function routerOfAllWorkspaces() {
  const routeTree = rootRoute.addChildren([
    staffRoute.addChildren(staffRoutes),
    familyRoute.addChildren(familyRoutes),
    volunteerRoute.addChildren(volunteerRoutes),
    studentRoute.addChildren(studentRoutes),
  ]);
  return createRouter({ routeTree, context: { queryClient, home: "/" } });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof routerOfAllWorkspaces>;
  }
}
