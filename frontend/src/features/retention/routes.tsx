import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { ArchiveX } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const retentionRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "retention",
  beforeLoad: () => loadTexts("retention"),
  component: lazyRouteComponent(() => import("./retention-page"), "RetentionPage"),
});

export const retentionRoutes = [retentionRoute] as const;

export const retentionMenu: MenuEntry[] = [
  {
    key: "retention",
    to: "/retention",
    label: msg`信息保存`,
    icon: ArchiveX,
    group: "system",
    keywords: "xinxi baocun xxbc retention 期限 删除 去标识 法律保全 预演",
  },
];
