import { createRoute } from "@tanstack/react-router";
import { NotFoundState } from "@/components/states/not-found-state";
import { studentConsentsMenu, studentConsentsRoutes } from "@/features/student-consents/routes";
import { studentHomeMenu, studentHomeRoutes } from "@/features/student-home/routes";
import type { MenuEntry } from "@/lib/routing/menu";
import { rootRoute } from "@/lib/routing/root-route";
import { studentRoute } from "@/lib/routing/student-route";
import type { WorkspaceModule } from "@/lib/routing/workspace-frame";
import { studentAccountRoute } from "../account/routes";
import { PlainShell } from "../shell/plain-shell";

// One line a feature in each of the lists.
export const studentRoutes = [...studentHomeRoutes, ...studentConsentsRoutes, studentAccountRoute] as const;
const menu: MenuEntry[] = [...studentHomeMenu, ...studentConsentsMenu];

const lost = createRoute({ getParentRoute: () => studentRoute, path: "$", component: NotFoundState });
export const studentTree = rootRoute.addChildren([studentRoute.addChildren([...studentRoutes, lost])]);
studentRoute.update({ component: () => <PlainShell menu={menu} isShared /> });

export const studentWorkspace: WorkspaceModule = { routeTree: studentTree, menu, palette: [] };
