import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { headStart } from "@/lib/routing/head-start";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";
import { askForDossier } from "./queries";

const dossierRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "students/$studentId",
  beforeLoad: () =>
    loadTexts("dossiers", "support-needs", "counselling", "handovers", "audit", "consents", "recognitions", "interventions", "plans"),
  loader: (context) => headStart(context, () => askForDossier(context.params.studentId)),
  component: lazyRouteComponent(() => import("./dossier-page"), "DossierPage"),
});

const caseLeadsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "students/case-leads",
  beforeLoad: () => loadTexts("dossiers"),
  component: lazyRouteComponent(() => import("./case-leads-page"), "CaseLeadsPage"),
});

export const dossiersRoutes = [dossierRoute, caseLeadsRoute] as const;
