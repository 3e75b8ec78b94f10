import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { notify } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { usePageTitle } from "@/lib/routing/page-title";
import { AskForm } from "./ask-form";
import { useChildren, useRequests } from "./queries";
import { RequestCard } from "./request-card";

const route = getRouteApi("/family/requests");

/** What the family asks about its child's data, and what became of it. */
export function RequestsPage() {
  const { t } = useLingui();
  const { child } = route.useSearch();
  const requests = useRequests();
  const children = useChildren();
  const [isAsking, setAsking] = useState(child !== undefined);
  usePageTitle(t`个人信息请求`);
  return (
    <div className="flex flex-col gap-5">
      <div>
        <h1 className="font-semibold text-2xl leading-9 tracking-tight">
          <Trans>个人信息请求</Trans>
        </h1>
        <p className="mt-1 text-muted">
          <Trans>您可以要求学校更正、删除孩子的信息，或索取一份副本。</Trans>
        </p>
      </div>
      <QueryState query={children} size="panel">
        {({ items }) => {
          if (items.length === 0) return <NoChild />;
          if (isAsking) {
            const onDone = () => {
              setAsking(false);
              notify(t`已提交`);
            };
            return <AskForm childRows={items} chosen={child} onDone={onDone} onCancel={() => setAsking(false)} />;
          }
          return (
            <PlainButton className="self-start" onClick={() => setAsking(true)}>
              <Plus aria-hidden />
              <Trans>提出请求</Trans>
            </PlainButton>
          );
        }}
      </QueryState>
      <QueryState query={requests} size="panel">
        {({ items, term_days }) => (
          <section aria-labelledby="asked" className="flex flex-col gap-2">
            <h2 id="asked" className="font-medium">
              <Trans>我提出的请求</Trans>
            </h2>
            <p className="text-muted text-sm">
              <Trans>学校在 {term_days} 天内答复；不同意的，会写明理由。</Trans>
            </p>
            {items.length === 0 ? (
              <div className="rounded-lg bg-surface shadow-surface">
                <EmptyState title={t`还没有请求`}>{t`提出以后，可以在这里看到办理的进展和结果。`}</EmptyState>
              </div>
            ) : (
              <ul className="flex flex-col gap-2">
                {items.map((request) => (
                  <li key={request.id}>
                    <RequestCard request={request} />
                  </li>
                ))}
              </ul>
            )}
          </section>
        )}
      </QueryState>
    </div>
  );
}

function NoChild() {
  const { t } = useLingui();
  return (
    <div className="rounded-lg bg-surface shadow-surface">
      <EmptyState title={t`这里还没有孩子`}>{t`学校把您登记为监护人后，就可以为孩子提出请求。`}</EmptyState>
    </div>
  );
}
