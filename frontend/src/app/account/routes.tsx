import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { familyRoute } from "@/lib/routing/family-route";
import { staffRoute } from "@/lib/routing/staff-route";
import { studentRoute } from "@/lib/routing/student-route";
import { volunteerRoute } from "@/lib/routing/volunteer-route";
import type { Workspace } from "@/lib/session/session-types";

const page = { path: "own-account", component: lazyRouteComponent(() => import("./own-account-page"), "OwnAccountPage") } as const;

/** The same page in each workspace, within its own frame. */
export const staffAccountRoute = createRoute({ getParentRoute: () => staffRoute, ...page });
export const familyAccountRoute = createRoute({ getParentRoute: () => familyRoute, ...page });
export const volunteerAccountRoute = createRoute({ getParentRoute: () => volunteerRoute, ...page });
export const studentAccountRoute = createRoute({ getParentRoute: () => studentRoute, ...page });

export const ownAccountPath = {
  staff: "/own-account",
  family: "/family/own-account",
  volunteer: "/volunteer/own-account",
  student: "/student/own-account",
} as const satisfies Record<Workspace, string>;
