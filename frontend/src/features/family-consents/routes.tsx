import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { FileCheck } from "lucide-react";
import { familyRoute } from "@/lib/routing/family-route";
import type { MenuEntry } from "@/lib/routing/menu";
import { loadTexts } from "@/lib/texts/texts";

const familyConsentsRoute = createRoute({
  getParentRoute: () => familyRoute,
  path: "consents",
  beforeLoad: () => loadTexts("family-consents"),
  component: lazyRouteComponent(() => import("./family-consents-page"), "FamilyConsentsPage"),
});

export const familyConsentsRoutes = [familyConsentsRoute] as const;

export const familyConsentsMenu: MenuEntry[] = [
  { key: "family-consents", to: "/family/consents", label: msg`知情同意`, icon: FileCheck, group: "today", isOnPhoneBar: true },
];
