import { createRoute } from "@tanstack/react-router";
import { NotFoundState } from "@/components/states/not-found-state";
import { familyChildRoutes } from "@/features/family-child/routes";
import { familyConsentsMenu, familyConsentsRoutes } from "@/features/family-consents/routes";
import { familyHomeMenu, familyHomeRoutes } from "@/features/family-home/routes";
import { familyRequestsMenu, familyRequestsRoutes } from "@/features/family-requests/routes";
import { familyRoute } from "@/lib/routing/family-route";
import type { MenuEntry } from "@/lib/routing/menu";
import { rootRoute } from "@/lib/routing/root-route";
import type { WorkspaceModule } from "@/lib/routing/workspace-frame";
import { familyAccountRoute } from "../account/routes";
import { PlainShell } from "../shell/plain-shell";

// One line a feature in each of the lists.
export const familyRoutes = [
  ...familyHomeRoutes,
  ...familyChildRoutes,
  ...familyConsentsRoutes,
  ...familyRequestsRoutes,
  familyAccountRoute,
] as const;
const menu: MenuEntry[] = [...familyHomeMenu, ...familyConsentsMenu, ...familyRequestsMenu];

const lost = createRoute({ getParentRoute: () => familyRoute, path: "$", component: NotFoundState });
export const familyTree = rootRoute.addChildren([familyRoute.addChildren([...familyRoutes, lost])]);
familyRoute.update({ component: () => <PlainShell menu={menu} /> });

export const familyWorkspace: WorkspaceModule = { routeTree: familyTree, menu, palette: [] };
