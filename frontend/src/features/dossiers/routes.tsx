import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { headStart } from "@/lib/routing/head-start";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";
import { askForDossier } from "./queries";

const dossierRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "students/$studentId",
  beforeLoad: () => Promise.all([loadTexts("dossiers"), loadTexts("recognitions"), loadTexts("interventions")]),
  loader: (context) => headStart(context, () => askForDossier(context.params.studentId)),
  component: lazyRouteComponent(() => import("./dossier-page"), "DossierPage"),
});

export const dossiersRoutes = [dossierRoute] as const;
