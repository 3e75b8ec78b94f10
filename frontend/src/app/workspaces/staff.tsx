import { accountsMenu, accountsRoutes } from "@/features/accounts/routes";
import { homeMenu, homeRoutes } from "@/features/home/routes";
import { recognitionsMenu, recognitionsRoutes } from "@/features/recognitions/routes";
import type { MenuEntry, PaletteSource } from "@/lib/routing/menu";
import { rootRoute } from "@/lib/routing/root-route";
import { staffRoute } from "@/lib/routing/staff-route";
import type { WorkspaceModule } from "@/lib/routing/workspace-frame";
import { Shell } from "../shell/shell";

// One line a feature in each of the lists; the order of the menu is the order of its group, then of this list.
export const staffRoutes = [...homeRoutes, ...accountsRoutes, ...recognitionsRoutes] as const;
const menu: MenuEntry[] = [...homeMenu, ...accountsMenu, ...recognitionsMenu];
const palette: PaletteSource[] = [];

export const staffTree = rootRoute.addChildren([staffRoute.addChildren(staffRoutes)]);
staffRoute.update({ component: () => <Shell menu={menu} palette={palette} /> });

export const staffWorkspace: WorkspaceModule = { routeTree: staffTree, menu, palette };
