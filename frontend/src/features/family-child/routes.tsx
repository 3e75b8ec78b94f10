import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { familyRoute } from "@/lib/routing/family-route";
import { headStart } from "@/lib/routing/head-start";
import { loadTexts } from "@/lib/texts/texts";
import { askForChild } from "./queries";

const childRoute = createRoute({
  getParentRoute: () => familyRoute,
  path: "children/$studentId",
  beforeLoad: () => loadTexts("family-child"),
  loader: ({ params, ...arrival }) => headStart(arrival, () => askForChild(params.studentId)),
  component: lazyRouteComponent(() => import("./child-page"), "ChildPage"),
});

const contactRoute = createRoute({
  getParentRoute: () => familyRoute,
  path: "contact",
  beforeLoad: () => loadTexts("family-child"),
  component: lazyRouteComponent(() => import("./contact-page"), "ContactPage"),
});

export const familyChildRoutes = [childRoute, contactRoute] as const;
