import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import type { Deviation, PlanBatchAnswer } from "@/api";
import { notify, notifyError } from "@/components/feedback/notify";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { usePlanMutations, useQueue } from "./queries";
import { QueueList } from "./queue-list";
import { RefusedList } from "./refused-list";

interface Search {
  q?: string;
  category?: "C1" | "C2" | "C3" | "C4";
  support_level?: "key" | "general";
  grade?: number;
  mine?: boolean;
  lead?: string;
}

/** What one request approves at most. */
const atOnce = 1000;

/** Submitted plans beside their templates: what is like the template can be approved at one glance, what differs says where. */
export function QueueTable({ search }: { search: Search }) {
  const { q, category, support_level, grade, mine, lead } = search;
  const query = useQueue({ q, category, support_level, grade, mine, case_lead: lead });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  // All of them are read, page by page: whoever ticks "all" means all.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <QueryState query={query}>
      {(data) => <Queue all={data.pages.flatMap((page) => page.items)} isReading={hasNextPage || isFetchingNextPage} />}
    </QueryState>
  );
}

function Queue({ all, isReading }: { all: Deviation[]; isReading: boolean }) {
  const { t } = useLingui();
  const { approveMany } = usePlanMutations();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [isUnlikeOnly, setUnlikeOnly] = useState(false);
  const [answer, setAnswer] = useState<PlanBatchAnswer>();
  const mineToDecide = all.filter((one) => one.plan.may_approve);
  const unlike = all.filter((one) => one.changes.length > 0 || one.gaps.length > 0);
  const alike = mineToDecide.filter((one) => one.plan.template_name !== null && one.changes.length === 0);
  const chosen = mineToDecide.filter((one) => ticked.has(one.plan.id)).slice(0, atOnce);
  const tick = (some: Deviation[]) => setTicked(new Set(some.map((one) => one.plan.id)));
  const toggle = (id: string) =>
    setTicked((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
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
      <div className="sticky top-(--header-height) z-10 mb-3 flex flex-wrap items-center gap-2 rounded-lg bg-surface px-3 py-2 text-sm shadow-surface">
        <span className="text-muted" role="status">
          {isReading
            ? t`正在读取，已有 ${all.length} 份…`
            : t`待审 ${all.length} 份，其中 ${mineToDecide.length} 份可由您审批，${alike.length} 份与模板一致`}
        </span>
        <span className="flex-1" />
        {(unlike.length > 0 || isUnlikeOnly) && unlike.length < all.length && (
          <Button size="sm" variant="secondary" aria-pressed={isUnlikeOnly} onPress={() => setUnlikeOnly(!isUnlikeOnly)}>
            {isUnlikeOnly ? <Trans>看全部</Trans> : <Trans>只看有不同的 {unlike.length} 份</Trans>}
          </Button>
        )}
        <Button size="sm" variant="tertiary" onPress={() => tick(alike)} isDisabled={alike.length === 0}>
          <Trans>选中与模板一致的</Trans>
        </Button>
        <Button size="sm" variant="tertiary" onPress={() => tick(mineToDecide)} isDisabled={mineToDecide.length === 0}>
          <Trans>全选</Trans>
        </Button>
        {chosen.length > 0 && (
          <Button size="sm" variant="tertiary" onPress={() => tick([])}>
            <Trans>取消选择</Trans>
          </Button>
        )}
        <Button size="sm" onPress={approve} isDisabled={chosen.length === 0} isPending={approveMany.isPending}>
          <Trans>批准所选 {chosen.length} 份</Trans>
        </Button>
      </div>
      {answer && <RefusedList answer={answer} nameOf={(id) => all.find(({ plan }) => plan.id === id)?.plan.student.name} />}
      <QueueList items={isUnlikeOnly ? unlike : all} ticked={ticked} onToggle={toggle} />
    </>
  );
}
