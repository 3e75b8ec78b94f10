import { createRoute } from "@tanstack/react-router";
import { NotFoundState } from "@/components/states/not-found-state";
import { studentHomeMenu, studentHomeRoutes } from "@/features/student-home/routes";
import type { MenuEntry } from "@/lib/routing/menu";
import { rootRoute } from "@/lib/routing/root-route";
import { studentRoute } from "@/lib/routing/student-route";
import type { WorkspaceModule } from "@/lib/routing/workspace-frame";
import { studentAccountRoute } from "../account/routes";
import { PlainShell } from "../shell/plain-shell";

// One line a feature in each of the lists.
export const studentRoutes = [...studentHomeRoutes, studentAccountRoute] as const;
const menu: MenuEntry[] = [...studentHomeMenu];

const lost = createRoute({ getParentRoute: () => studentRoute, path: "$", component: NotFoundState });
export const studentTree = rootRoute.addChildren([studentRoute.addChildren([...studentRoutes, lost])]);
studentRoute.update({ component: () => <PlainShell menu={menu} isShared /> });

export const studentWorkspace: WorkspaceModule = { routeTree: studentTree, menu, palette: [] };
