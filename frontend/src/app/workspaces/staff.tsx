import { createRoute } from "@tanstack/react-router";
import { NotFoundState } from "@/components/states/not-found-state";
import { accountsMenu, accountsRoutes } from "@/features/accounts/routes";
import { auditMenu, auditRoutes } from "@/features/audit/routes";
import { calendarMenu, calendarRoutes } from "@/features/calendar/routes";
import { complianceMenu, complianceRoutes } from "@/features/compliance/routes";
import { consentsMenu, consentsRoutes } from "@/features/consents/routes";
import { counsellingMenu, counsellingRoutes } from "@/features/counselling/routes";
import { dataRequestsMenu, dataRequestsRoutes } from "@/features/data-requests/routes";
import { dossiersRoutes } from "@/features/dossiers/routes";
import { editionsMenu, editionsRoutes } from "@/features/editions/routes";
import { evidenceMenu, evidenceRoutes } from "@/features/evidence/routes";
import { gapsMenu, gapsRoutes } from "@/features/gaps/routes";
import { handoversRoutes } from "@/features/handovers/routes";
import { homeMenu, homeRoutes } from "@/features/home/routes";
import { inboxRoutes } from "@/features/inbox/routes";
import { interventionsMenu, interventionsRoutes } from "@/features/interventions/routes";
import { plansMenu, plansRoutes } from "@/features/plans/routes";
import { recognitionsMenu, recognitionsRoutes } from "@/features/recognitions/routes";
import { resultsMenu, resultsRoutes } from "@/features/results/routes";
import { retentionMenu, retentionRoutes } from "@/features/retention/routes";
import { rostersMenu, rostersRoutes } from "@/features/rosters/routes";
import { signInSettingsRoutes } from "@/features/sign-in-settings/routes";
import { studentsPalette } from "@/features/students/palette";
import { studentsMenu, studentsRoutes } from "@/features/students/routes";
import type { MenuEntry, PaletteSource } from "@/lib/routing/menu";
import { rootRoute } from "@/lib/routing/root-route";
import { staffRoute } from "@/lib/routing/staff-route";
import type { WorkspaceModule } from "@/lib/routing/workspace-frame";
import { staffAccountRoute } from "../account/routes";
import { Shell } from "../shell/shell";

// One line a feature in each of the lists; the order of the menu is the order of its group, then of this list.
export const staffRoutes = [
  ...homeRoutes,
  ...studentsRoutes,
  ...accountsRoutes,
  ...recognitionsRoutes,
  ...plansRoutes,
  ...evidenceRoutes,
  ...resultsRoutes,
  ...rostersRoutes,
  ...dossiersRoutes,
  ...counsellingRoutes,
  ...handoversRoutes,
  ...auditRoutes,
  ...retentionRoutes,
  ...interventionsRoutes,
  ...consentsRoutes,
  ...calendarRoutes,
  ...complianceRoutes,
  ...gapsRoutes,
  ...inboxRoutes,
  ...signInSettingsRoutes,
  ...dataRequestsRoutes,
  ...editionsRoutes,
  staffAccountRoute,
] as const;
const menu: MenuEntry[] = [
  ...homeMenu,
  ...studentsMenu,
  ...accountsMenu,
  ...auditMenu,
  ...retentionMenu,
  ...recognitionsMenu,
  ...plansMenu,
  ...evidenceMenu,
  ...resultsMenu,
  ...consentsMenu,
  ...calendarMenu,
  ...rostersMenu,
  ...interventionsMenu,
  ...editionsMenu,
  ...complianceMenu,
  ...gapsMenu,
  ...dataRequestsMenu,
  ...counsellingMenu,
];
const palette: PaletteSource[] = [studentsPalette];

const lost = createRoute({ getParentRoute: () => staffRoute, path: "$", component: NotFoundState });
export const staffTree = rootRoute.addChildren([staffRoute.addChildren([...staffRoutes, lost])]);
staffRoute.update({ component: () => <Shell menu={menu} palette={palette} /> });

export const staffWorkspace: WorkspaceModule = { routeTree: staffTree, menu, palette };
