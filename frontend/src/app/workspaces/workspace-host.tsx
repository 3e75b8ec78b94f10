import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { queryClient } from "@/lib/http/query-client";
import { startClient } from "@/lib/http/start-client";
import { useQuiet } from "@/lib/http/when-quiet";
import type { WorkspaceModule } from "@/lib/routing/workspace-frame";
import { useMe, workspaceOf } from "@/lib/session/session-store";
import type { Workspace } from "@/lib/session/session-types";
import { createWorkspaceRouter } from "./create-workspace-router";
import { homeOf, ownAddress } from "./own-address";

const ToastRegion = lazy(() => import("@/components/feedback/toast-region").then((m) => ({ default: m.ToastRegion })));

const modules: Record<Workspace, () => Promise<WorkspaceModule>> = {
  staff: () => import("./staff").then((m) => m.staffWorkspace),
  family: () => import("./family").then((m) => m.familyWorkspace),
  volunteer: () => import("./volunteer").then((m) => m.volunteerWorkspace),
  student: () => import("./student").then((m) => m.studentWorkspace),
};

startClient();

/** Fetches a workspace and the page that the address names before it is certain that they are needed. */
export async function preloadWorkspace(workspace: Workspace): Promise<void> {
  const module = await queryClient.fetchQuery(moduleOf(workspace)).catch(() => null);
  if (!module) return;
  const router = createWorkspaceRouter(module, homeOf(workspace));
  // The page's code beside its texts: a route would fetch the one after the other.
  for (const { routeId } of router.matchRoutes(router.latestLocation)) {
    const route = router.routesById[routeId as keyof typeof router.routesById];
    if (route) void router.loadRouteChunk(route);
  }
  const { pathname, search } = router.latestLocation;
  await router.preloadRoute({ to: pathname, search } as Parameters<typeof router.preloadRoute>[0]).catch(() => undefined);
}

function moduleOf(workspace: Workspace) {
  return queryOptions({ queryKey: ["workspace", workspace], queryFn: modules[workspace], staleTime: Number.POSITIVE_INFINITY });
}

/** Loads the one workspace this person has, and nothing of the others; mounted anew for another account or school. */
export function WorkspaceHost() {
  const workspace = workspaceOf(useMe());
  const { data: module } = useSuspenseQuery(moduleOf(workspace));
  const isQuiet = useQuiet();
  const [router] = useState(() => {
    const start = ownAddress(workspace, window.location.pathname);
    if (start !== window.location.pathname) window.history.replaceState(null, "", start);
    return createWorkspaceRouter(module, homeOf(workspace));
  });
  useEffect(() => () => queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "workspace" }), []);
  return (
    <>
      <RouterProvider router={router} />
      <Suspense fallback={null}>{isQuiet && <ToastRegion />}</Suspense>
    </>
  );
}
