import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "./root-route";

/** Parent of every page for volunteers (志愿者); its frame is set by the workspace, so that features need not know it. */
export const volunteerRoute = createRoute({ getParentRoute: () => rootRoute, path: "volunteer" });
