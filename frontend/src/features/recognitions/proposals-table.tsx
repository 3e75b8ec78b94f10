import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { ProposalShown, ProposalsListData } from "@/api";
import { notify, notifyError } from "@/components/feedback/notify";
import { EmptyState } from "@/components/states/empty-state";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { pagesToTable } from "@/components/table/pages";
import { formatDay } from "@/lib/texts/format";
import { currentLocale } from "@/lib/texts/locale";
import { CategoryChip } from "./parts/category-chip";
import { ProposalDialog } from "./proposal-dialog";
import { useCaseMutations, useProposals } from "./queries";

type Search = Pick<NonNullable<ProposalsListData["query"]>, "q" | "category" | "support_level" | "grade" | "due"> & { set_aside?: boolean };

/** What the rules propose. Ticked ones are handed to review together; those set aside are shown with the reason of the no. */
export function ProposalsTable({ search }: { search: Search }) {
  const { t } = useLingui();
  const { q, category, support_level, grade, due, set_aside } = search;
  const query = useProposals({ q, category, support_level, grade, due, state: set_aside ? "set_aside" : "open" });
  const { takeUp } = useCaseMutations();
  const [selected, setSelected] = useState<Set<string>>(new Set());
  const [opened, setOpened] = useState<ProposalShown>();
  const table = pagesToTable(query);
  const chosen = (table.rows ?? []).filter((row) => selected.has(row.id));

  const submit = () =>
    takeUp.mutate(
      { body: { proposal_ids: chosen.map((row) => row.id) } },
      {
        onSuccess: (answer) => {
          notify(t`已提交 ${answer.done} 条评议`, answer.refused ? t`${answer.refused} 条未能提交` : undefined);
          setSelected(new Set());
        },
        onError: notifyError,
      },
    );

  const no = (row: ProposalShown) =>
    [row.set_aside_reason ?? t`理由不对您显示`, row.set_aside_by, formatDay(row.set_aside_at)].filter(Boolean).join(" · ");
  const reason = (row: ProposalShown) =>
    row.explanation ? row.explanation.held.map((rule) => (currentLocale() === "en" ? rule.en : rule.zh)).join("；") : t`依据不对您显示`;

  const columns: Column<ProposalShown>[] = [
    { id: "name", header: t`学生`, cell: (row) => row.student.name, width: "8rem" },
    { id: "class", header: t`班级`, cell: (row) => row.student.class_name ?? "—", width: "8rem" },
    {
      id: "category",
      header: t`类别与等级`,
      cell: (row) => <CategoryChip category={row.category} level={row.support_level} />,
      width: "9rem",
    },
    { id: "why", header: t`依据`, cell: reason, isSensitive: true, isDesktopOnly: true },
    ...(set_aside ? [{ id: "no", header: t`搁置理由`, cell: no, isSensitive: true } satisfies Column<ProposalShown>] : []),
  ];

  return (
    <>
      {chosen.length > 0 && (
        <div className="mb-2 flex items-center gap-3 text-sm" data-print="hide">
          <span className="text-muted">
            <Trans>已选 {chosen.length} 条</Trans>
          </span>
          <Button size="sm" onPress={submit} isPending={takeUp.isPending}>
            <Trans>提交评议</Trans>
          </Button>
        </div>
      )}
      <DataTable
        label={t`系统建议`}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.student.name}
        onOpen={setOpened}
        selected={set_aside ? undefined : selected}
        onSelect={set_aside ? undefined : setSelected}
        empty={
          set_aside ? (
            <EmptyState title={t`没有搁置的系统建议`} />
          ) : (
            <EmptyState title={t`没有待处理的系统建议`}>{t`导入成绩、考勤或录入依据后，点“重新计算建议”。`}</EmptyState>
          )
        }
        {...table}
        total={query.data?.pages[0]?.count ?? undefined}
      />
      {opened && <ProposalDialog proposal={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}
