import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "./root-route";

/** Parent of every page for guardians (家长); its frame is set by the workspace, so that features need not know it. */
export const familyRoute = createRoute({ getParentRoute: () => rootRoute, path: "family" });
