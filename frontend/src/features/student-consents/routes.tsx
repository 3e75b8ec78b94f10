import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { FileCheck } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { studentRoute } from "@/lib/routing/student-route";
import { loadTexts } from "@/lib/texts/texts";

const studentConsentsRoute = createRoute({
  getParentRoute: () => studentRoute,
  path: "consents",
  beforeLoad: () => loadTexts("student-consents"),
  component: lazyRouteComponent(() => import("./student-consents-page"), "StudentConsentsPage"),
});

export const studentConsentsRoutes = [studentConsentsRoute] as const;

export const studentConsentsMenu: MenuEntry[] = [
  { key: "student-consents", to: "/student/consents", label: msg`我的同意`, icon: FileCheck, group: "today", isOnPhoneBar: true },
];
