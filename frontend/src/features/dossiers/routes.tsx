import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const dossierRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "students/$studentId",
  beforeLoad: () => loadTexts("dossiers", "audit", "recognitions", "interventions", "plans"),
  component: lazyRouteComponent(() => import("./dossier-page"), "DossierPage"),
});

const caseLeadsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "students/case-leads",
  beforeLoad: () => loadTexts("dossiers"),
  component: lazyRouteComponent(() => import("./case-leads-page"), "CaseLeadsPage"),
});

export const dossiersRoutes = [dossierRoute, caseLeadsRoute] as const;
