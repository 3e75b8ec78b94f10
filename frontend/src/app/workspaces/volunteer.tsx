import { createRoute } from "@tanstack/react-router";
import { NotFoundState } from "@/components/states/not-found-state";
import { volunteerHomeMenu, volunteerHomeRoutes } from "@/features/volunteer-home/routes";
import type { MenuEntry } from "@/lib/routing/menu";
import { rootRoute } from "@/lib/routing/root-route";
import { volunteerRoute } from "@/lib/routing/volunteer-route";
import type { WorkspaceModule } from "@/lib/routing/workspace-frame";
import { volunteerAccountRoute } from "../account/routes";
import { PlainShell } from "../shell/plain-shell";

// One line a feature in each of the lists.
export const volunteerRoutes = [...volunteerHomeRoutes, volunteerAccountRoute] as const;
const menu: MenuEntry[] = [...volunteerHomeMenu];

const lost = createRoute({ getParentRoute: () => volunteerRoute, path: "$", component: NotFoundState });
export const volunteerTree = rootRoute.addChildren([volunteerRoute.addChildren([...volunteerRoutes, lost])]);
volunteerRoute.update({ component: () => <PlainShell menu={menu} /> });

export const volunteerWorkspace: WorkspaceModule = { routeTree: volunteerTree, menu, palette: [] };
