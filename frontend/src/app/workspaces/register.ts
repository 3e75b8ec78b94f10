import type { rootRoute } from "@/lib/routing/root-route";
import type { createWorkspaceRouter } from "./create-workspace-router";
import type { familyTree } from "./family";
import type { staffTree } from "./staff";
import type { studentTree } from "./student";
import type { volunteerTree } from "./volunteer";

type ChildrenOf<T> = T extends { types: { children: infer C extends readonly unknown[] } } ? C : never;
type Tree = ReturnType<
  typeof rootRoute.addChildren<
    [
      ...ChildrenOf<typeof staffTree>,
      ...ChildrenOf<typeof familyTree>,
      ...ChildrenOf<typeof studentTree>,
      ...ChildrenOf<typeof volunteerTree>,
    ]
  >
>;

// Types only: links are checked against the pages of every workspace, though a browser loads but one.
declare module "@tanstack/react-router" {
  interface Register {
    router: Omit<ReturnType<typeof createWorkspaceRouter>, "routeTree"> & { routeTree: Tree };
  }
}
