import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const signInSettingsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "sign-in-settings",
  beforeLoad: () => loadTexts("sign-in-settings"),
  component: lazyRouteComponent(() => import("./sign-in-settings-page"), "SignInSettingsPage"),
});

export const signInSettingsRoutes = [signInSettingsRoute] as const;
