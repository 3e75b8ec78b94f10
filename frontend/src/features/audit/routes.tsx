import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { ScanEye } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { choice, searchOf, text } from "@/lib/routing/search";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

/** What does not look right is dropped, so that the server is never asked for it. */
const matching = (pattern: RegExp) => (value: unknown) => {
  const given = text(value);
  return given && pattern.test(given) ? given : undefined;
};
const day = matching(/^\d{4}-\d{2}-\d{2}$/);
const id = matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
const texts = () => Promise.all(["audit", "recognitions", "plans", "interventions"].map((name) => loadTexts(name)));

const accessRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "students/$studentId/access",
  validateSearch: searchOf({ show: choice("read", "write") }),
  beforeLoad: texts,
  component: lazyRouteComponent(() => import("./access-page"), "AccessPage"),
});

const auditRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "audit",
  validateSearch: searchOf({ from: day, to: day, account: id, action: choice("read", "create", "change", "delete") }),
  beforeLoad: texts,
  component: lazyRouteComponent(() => import("./audit-page"), "AuditPage"),
});

export const auditRoutes = [accessRoute, auditRoute] as const;

export const auditMenu: MenuEntry[] = [
  {
    key: "audit",
    to: "/audit",
    label: msg`访问与修改记录`,
    icon: ScanEye,
    group: "system",
    keywords: "fangwen xiugai jilu fwjl audit 审计 日志 封印 核验",
  },
];
