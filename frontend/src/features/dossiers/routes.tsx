import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const dossierRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "students/$studentId",
  beforeLoad: () => Promise.all([loadTexts("dossiers"), loadTexts("audit"), loadTexts("recognitions"), loadTexts("interventions")]),
  component: lazyRouteComponent(() => import("./dossier-page"), "DossierPage"),
});

export const dossiersRoutes = [dossierRoute] as const;
