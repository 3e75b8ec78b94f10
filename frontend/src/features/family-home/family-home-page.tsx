import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { ChevronRight, FileQuestionMark, Phone, Sun } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { usePageTitle } from "@/lib/routing/page-title";
import { useMe } from "@/lib/session/session-store";
import { ChildLink } from "./child-link";
import { useChildren } from "./queries";

/** The first page: each child at this school, and what a family can do for itself. */
export function FamilyHomePage() {
  const { t } = useLingui();
  const { account } = useMe();
  const children = useChildren();
  const name = account.display_name;
  usePageTitle(t`首页`);
  return (
    <div className="flex flex-col gap-5">
      <div>
        <h1 className="font-semibold text-2xl leading-9 tracking-tight">{t`${name}，您好`}</h1>
        <p className="mt-1 text-muted">
          <Trans>在这里查看孩子在校的情况，也可以随时和学校核对信息。</Trans>
        </p>
      </div>
      <section aria-labelledby="my-children">
        <h2 id="my-children" className="mb-2 font-medium">
          <Trans>我的孩子</Trans>
        </h2>
        <QueryState
          query={children}
          size="panel"
          loading={<div role="status" aria-label={t`正在加载`} className="h-20 animate-pulse rounded-lg bg-surface-secondary" />}
        >
          {({ items }) =>
            items.length === 0 ? (
              <div className="rounded-lg bg-surface shadow-surface">
                <EmptyState icon={Sun} title={t`这里还没有孩子`}>
                  {t`学校把您登记为监护人后，孩子会显示在这里。有疑问请联系班主任。`}
                </EmptyState>
              </div>
            ) : (
              <ul className="flex flex-col gap-2">
                {items.map((child) => (
                  <li key={child.id}>
                    <ChildLink child={child} />
                  </li>
                ))}
              </ul>
            )
          }
        </QueryState>
      </section>
      <nav aria-label={t`我可以办理`} className="flex flex-col gap-2">
        <Line to="/family/requests" icon={<FileQuestionMark aria-hidden className="size-5 shrink-0 text-link" />} title={t`个人信息请求`}>
          <Trans>更正、删除或索取孩子的信息</Trans>
        </Line>
        <Line to="/family/contact" icon={<Phone aria-hidden className="size-5 shrink-0 text-link" />} title={t`我的联系方式`}>
          <Trans>电话或住址变了，请及时更新</Trans>
        </Line>
      </nav>
    </div>
  );
}

function Line({ to, icon, title, children }: { to: string; icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <Link to={to} className="flex min-h-14 items-center gap-3 rounded-lg bg-surface px-4 py-2.5 shadow-surface hover:bg-surface-secondary">
      {icon}
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{title}</span>
        <span className="block text-muted text-sm">{children}</span>
      </span>
      <ChevronRight aria-hidden className="size-4 shrink-0 text-muted" />
    </Link>
  );
}
