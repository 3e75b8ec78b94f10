import { createRouter } from "@tanstack/react-router";
import { NotFoundState } from "@/components/states/not-found-state";
import { PageLoading } from "@/components/states/page-loading";
import { queryClient } from "@/lib/http/query-client";
import { parseSearch, stringifySearch } from "@/lib/routing/search";
import type { WorkspaceModule } from "@/lib/routing/workspace-frame";
import { RouteError } from "./route-error";

export function createWorkspaceRouter({ routeTree }: WorkspaceModule, home: string) {
  return createRouter({
    routeTree,
    context: { queryClient, home },
    parseSearch,
    stringifySearch,
    // What a page does not know is no part of its address: an old or mistyped link opens instead of being refused by the server.
    search: { strict: true },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 200,
    defaultPendingComponent: PageLoading,
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: NotFoundState,
    scrollRestoration: true,
  });
}
