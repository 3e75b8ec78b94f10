import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { FileQuestionMark } from "lucide-react";
import type { MenuEntry } from "@/lib/routing/menu";
import { choice, flag, searchOf } from "@/lib/routing/search";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";

const texts = () => Promise.all(["data-requests", "family-requests"].map((name) => loadTexts(name)));

const dataRequestsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "data-requests",
  validateSearch: searchOf({
    waiting: flag,
    overdue: flag,
    state: choice("open", "in_hand", "awaiting_approval", "fulfilled", "partly", "refused", "withdrawn"),
  }),
  beforeLoad: texts,
  component: lazyRouteComponent(() => import("./data-requests-page"), "DataRequestsPage"),
});

const dataRequestRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "data-requests/$requestId",
  beforeLoad: texts,
  component: lazyRouteComponent(() => import("./data-request-page"), "DataRequestPage"),
});

export const dataRequestsRoutes = [dataRequestsRoute, dataRequestRoute] as const;

export const dataRequestsMenu: MenuEntry[] = [
  {
    key: "data_requests",
    to: "/data-requests",
    label: msg`个人信息请求`,
    icon: FileQuestionMark,
    group: "school",
    keywords: "geren xinxi qingqiu grxxqq 更正 删除 查阅 复制 监护人 data requests",
  },
];
