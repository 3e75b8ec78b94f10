import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseLoad } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { NumberInput } from "@/components/form/number-input";
import { SubmitButton } from "@/components/form/submit-button";
import { useApiForm } from "@/components/form/use-api-form";
import { PageHeader } from "@/components/page-header";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { StatusChip } from "@/components/status-chip";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { pagesToTable } from "@/components/table/pages";
import { useCaseLoads, useFileMutations } from "./queries";
import { useMayLimit } from "./use-may-lead";

/** Who leads how many cases, and how many one should at most. */
export function CaseLeadsPage() {
  const { t } = useLingui();
  const query = useCaseLoads();
  const mayLimit = useMayLimit();
  const [isOpen, setOpen] = useState(false);
  const limit = query.data?.pages[0]?.limit;
  const columns: Column<CaseLoad>[] = [
    { id: "name", header: t`责任人`, cell: (row) => row.name, width: "12rem" },
    { id: "count", header: t`负责的学生`, cell: (row) => <span className="tnum">{t`${row.count} 名`}</span>, width: "8rem" },
    { id: "over", header: t`提示`, cell: (row) => row.is_over && <StatusChip tone="warning">{t`超过上限`}</StatusChip> },
  ];
  return (
    <>
      <PageHeader
        title={t`帮扶责任人`}
        trail={[{ label: t`学生`, to: "/students" }]}
        description={
          limit === undefined ? undefined : t`每位教师最多负责 ${limit} 名学生；超过时会提示，仍可指定。点名字看其负责的学生的计划。`
        }
        actions={
          mayLimit &&
          limit !== undefined && (
            <Button size="sm" variant="secondary" onPress={() => setOpen(true)}>
              <Trans>修改上限</Trans>
            </Button>
          )
        }
      />
      <QueryState query={query}>
        {() => (
          <DataTable
            label={t`帮扶责任人`}
            columns={columns}
            rowKey={(row) => row.staff_id}
            rowName={(row) => row.name}
            rowLink={(row) => ({ to: "/plans", search: { lead: row.staff_id } })}
            empty={<EmptyState title={t`还没有指定帮扶责任人`}>{t`在学生档案的概览里指定。`}</EmptyState>}
            {...pagesToTable(query)}
          />
        )}
      </QueryState>
      {isOpen && limit !== undefined && <LimitDialog limit={limit} onClose={() => setOpen(false)} />}
    </>
  );
}

function LimitDialog({ limit, onClose }: { limit: number; onClose: () => void }) {
  const { t } = useLingui();
  const mutations = useFileMutations();
  const form = useApiForm<{ limit: number | null }>({
    defaultValues: { limit },
    submit: async (values) => {
      await mutations.limit.mutateAsync({ body: { limit: values.limit ?? limit } });
      notify(t`上限已修改`);
    },
    onDone: onClose,
  });
  return (
    <Dialog
      title={t`每位教师最多负责几名学生`}
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="case-lead-limit">
          <Trans>保存</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="case-lead-limit">
        <NumberInput control={form.control} name="limit" label={t`上限（名）`} min={1} max={50} isRequired />
      </ApiFormBody>
    </Dialog>
  );
}
