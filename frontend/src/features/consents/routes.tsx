import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { FileCheck } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { choice, flag, searchOf, text } from "@/lib/routing/search";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const consentsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "consents",
  validateSearch: searchOf({
    class_id: text,
    purpose: choice("file", "screening", "counselling", "pairing", "community"),
    open: flag,
  }),
  beforeLoad: () => loadTexts("consents"),
  component: lazyRouteComponent(() => import("./consents-page"), "ConsentsPage"),
});

const slipsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "consents/activation",
  validateSearch: searchOf({ class_id: text }),
  beforeLoad: () => loadTexts("consents"),
  component: lazyRouteComponent(() => import("./activation-page"), "ActivationPage"),
});

const textsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "consents/texts",
  beforeLoad: () => loadTexts("consents"),
  component: lazyRouteComponent(() => import("./texts-page"), "TextsPage"),
});

const studentConsentsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "students/$studentId/consents",
  beforeLoad: () => loadTexts("consents"),
  component: lazyRouteComponent(() => import("./student-consents-page"), "StudentConsentsPage"),
});

export const consentsRoutes = [consentsRoute, slipsRoute, textsRoute, studentConsentsRoute] as const;

export const consentsMenu: MenuEntry[] = [
  {
    key: "consents",
    to: "/consents",
    label: msg`知情同意`,
    icon: FileCheck,
    group: "students",
    keywords: "zhiqing tongyi zqty jiazhang jihuoma consent 家长 激活码 监护令",
  },
];
