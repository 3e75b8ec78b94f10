import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Deviation, PlanBatchAnswer } from "@/api";
import { notify, notifyError } from "@/components/feedback/notify";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { StatusChip } from "@/components/status-chip";
import { TickBox } from "@/components/table/tick-box";
import { CategoryChip } from "@/features/recognitions/parts/category-chip";
import { ChangeList } from "./parts/change-list";
import { usePlanMutations, useQueue } from "./queries";

interface Search {
  q?: string;
  category?: "C1" | "C2" | "C3" | "C4";
  support_level?: "key" | "general";
  grade?: number;
  mine?: boolean;
}

/** Submitted plans beside their templates: what is like the template can be approved at one glance, what differs says where. */
export function QueueTable({ search }: { search: Search }) {
  const { t } = useLingui();
  const { q, category, support_level, grade, mine } = search;
  const query = useQueue({ q, category, support_level, grade, mine });
  const { approveMany } = usePlanMutations();
  const [ticked, setTicked] = useState<Set<string>>(new Set());
  const [answer, setAnswer] = useState<PlanBatchAnswer>();

  return (
    <QueryState query={query}>
      {(data) => {
        const all = data.pages.flatMap((page) => page.items);
        const mineToDecide = all.filter((one) => one.plan.may_approve);
        const alike = mineToDecide.filter((one) => one.plan.template_name !== null && one.changes.length === 0);
        const chosen = mineToDecide.filter((one) => ticked.has(one.plan.id));
        const toggle = (id: string) => {
          const next = new Set(ticked);
          if (!next.delete(id)) next.add(id);
          setTicked(next);
        };
        const approve = () =>
          approveMany.mutate(
            { body: { items: chosen.map(({ plan }) => ({ id: plan.id, version: plan.version })) } },
            {
              onSuccess: (done) => {
                setAnswer(done.refused > 0 ? done : undefined);
                setTicked(new Set());
                notify(t`已批准 ${done.done} 份计划`, done.refused > 0 ? t`${done.refused} 份未能批准，见列表上方` : undefined);
              },
              onError: notifyError,
            },
          );
        if (all.length === 0)
          return (
            <div className="rounded-lg bg-surface shadow-surface">
              <EmptyState title={t`没有待审批的计划`}>{t`老师提交计划后会出现在这里；本人编写或提交的由他人审批。`}</EmptyState>
            </div>
          );
        return (
          <>
            <div className="sticky top-0 z-10 mb-3 flex flex-wrap items-center gap-2 rounded-lg bg-surface px-3 py-2 text-sm shadow-surface">
              <span className="text-muted">
                <Trans>
                  待审 {all.length} 份，其中 {alike.length} 份与模板一致
                </Trans>
              </span>
              <span className="flex-1" />
              <Button
                size="sm"
                variant="tertiary"
                onPress={() => setTicked(new Set(alike.map((one) => one.plan.id)))}
                isDisabled={alike.length === 0}
              >
                <Trans>选中与模板一致的</Trans>
              </Button>
              <Button size="sm" variant="tertiary" onPress={() => setTicked(new Set(mineToDecide.map((one) => one.plan.id)))}>
                <Trans>全选</Trans>
              </Button>
              <Button size="sm" onPress={approve} isDisabled={chosen.length === 0} isPending={approveMany.isPending}>
                <Trans>批准所选 {chosen.length} 份</Trans>
              </Button>
            </div>
            {answer && (
              <ul role="alert" className="mb-3 rounded-lg bg-warning-soft px-3 py-2 text-sm text-warning-soft-foreground">
                {answer.items
                  .filter((one) => !one.ok)
                  .map((one) => (
                    <li key={one.id}>
                      {all.find(({ plan }) => plan.id === one.id)?.plan.student.name}：{one.message}
                    </li>
                  ))}
              </ul>
            )}
            <ul className="flex flex-col gap-2">
              {all.map((one) => (
                <QueueItem key={one.plan.id} deviation={one} isTicked={ticked.has(one.plan.id)} onToggle={() => toggle(one.plan.id)} />
              ))}
            </ul>
            {query.hasNextPage && (
              <Button className="mt-3" variant="secondary" onPress={() => void query.fetchNextPage()} isPending={query.isFetchingNextPage}>
                <Trans>显示更多</Trans>
              </Button>
            )}
          </>
        );
      }}
    </QueryState>
  );
}

function QueueItem({ deviation, isTicked, onToggle }: { deviation: Deviation; isTicked: boolean; onToggle: () => void }) {
  const { t } = useLingui();
  const { plan, changes } = deviation;
  return (
    <li className="rounded-lg bg-surface px-3 py-2.5 shadow-surface">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        {plan.may_approve && <TickBox label={t`选中 ${plan.student.name}`} isTicked={isTicked} onToggle={onToggle} />}
        <Link to="/plans/$planId" params={{ planId: plan.id }} className="font-medium text-sm hover:underline">
          {plan.student.name}
        </Link>
        <span className="text-muted text-sm">{plan.student.class_name}</span>
        {plan.categories.map((one) => (
          <CategoryChip key={one} category={one} level={plan.support_level} />
        ))}
        <span className="text-muted text-xs">{plan.template_name ?? t`未用模板`}</span>
        <span className="flex-1" />
        {!plan.may_approve && <StatusChip>{t`须由他人审批`}</StatusChip>}
        {plan.template_name !== null &&
          (changes.length === 0 ? (
            <StatusChip tone="success">{t`与模板一致`}</StatusChip>
          ) : (
            <StatusChip tone="warning">
              <Trans>{changes.length} 处不同</Trans>
            </StatusChip>
          ))}
      </div>
      {changes.length > 0 && (
        <div className="mt-2 sm:pl-9">
          <ChangeList changes={changes} />
        </div>
      )}
    </li>
  );
}
