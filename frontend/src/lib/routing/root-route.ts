import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext } from "@tanstack/react-router";

export interface RouterContext {
  queryClient: QueryClient;
  /** The workspace's first page. */
  home: string;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({});
