import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "./root-route";

/** Parent of every page for students; its frame is set by the workspace, so that features need not know it. */
export const studentRoute = createRoute({ getParentRoute: () => rootRoute, path: "student" });
