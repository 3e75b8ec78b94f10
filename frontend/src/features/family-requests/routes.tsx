import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { FileQuestionMark } from "lucide-react";
import { familyRoute } from "@/lib/routing/family-route";
import { headStart } from "@/lib/routing/head-start";
import type { MenuEntry } from "@/lib/routing/menu";
import { searchOf, text } from "@/lib/routing/search";
import { loadTexts } from "@/lib/texts/texts";
import { askForRequests } from "./queries";

const requestsRoute = createRoute({
  getParentRoute: () => familyRoute,
  path: "requests",
  validateSearch: searchOf({ child: text }),
  beforeLoad: () => loadTexts("family-requests"),
  loader: (arrival) => headStart(arrival, askForRequests),
  component: lazyRouteComponent(() => import("./requests-page"), "RequestsPage"),
});

export const familyRequestsRoutes = [requestsRoute] as const;

export const familyRequestsMenu: MenuEntry[] = [
  { key: "requests", to: "/family/requests", label: msg`信息请求`, icon: FileQuestionMark, group: "today", isOnPhoneBar: true },
];
