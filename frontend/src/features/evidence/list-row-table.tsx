import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { ListRowShown } from "@/api";
import { notifyWhenDone } from "@/components/feedback/notify";
import { ComboInput } from "@/components/form/combo-input";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { LoadMore } from "@/components/table/load-more";
import { ifMatch } from "@/lib/http/if-match";
import { formatDay } from "@/lib/texts/format";
import { loadStudents } from "./load-students";
import { useEvidenceMutations, useListRows } from "./queries";
import { SetAsideDialog } from "./set-aside-dialog";

/** Rows of lists that may mean one of our students: a person says whom, or nobody. */
export function ListRowTable() {
  const { t } = useLingui();
  const rows = useListRows();
  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <SectionCard title={t`待核对`} description={t`名单上的人与本校学生相近但不能确定，请逐条核对。`} className="max-w-5xl">
      <QueryState query={rows} size="panel">
        {({ pages }) =>
          items.length === 0 ? (
            <p className="text-muted text-sm">{t`没有待核对的行。`}</p>
          ) : (
            <>
              <ul className="flex flex-col divide-y divide-border">
                {items.map((row) => (
                  <ListRow key={row.id} row={row} />
                ))}
              </ul>
              <LoadMore
                hasMore={rows.hasNextPage}
                isLoading={rows.isFetchingNextPage}
                onMore={() => void rows.fetchNextPage()}
                shown={items.length}
                total={pages[0]?.count}
              />
            </>
          )
        }
      </QueryState>
    </SectionCard>
  );
}

function ListRow({ row }: { row: ListRowShown }) {
  const { t } = useLingui();
  const { match } = useEvidenceMutations();
  const [mode, setMode] = useState<"near" | "other" | "aside">("near");
  const { control } = useForm<{ student_id: string | null }>({ defaultValues: { student_id: null } });
  const said = [row.class_label, row.birth_on && formatDay(row.birth_on), row.list_name].filter(Boolean).join(" · ");
  const choose = (student_id: string) =>
    notifyWhenDone(
      match.mutateAsync({ path: { row_id: row.id }, body: { student_id }, headers: ifMatch(row.version) }),
      t`已登记为认定依据`,
    );
  return (
    <li className="flex flex-col gap-2 py-3 sm:flex-row sm:items-start sm:justify-between">
      <div className="min-w-0" data-sensitive>
        <p className="text-sm">
          <span className="font-medium">{row.name}</span>　{row.kind_name}
        </p>
        <p className="text-muted text-xs">{said}</p>
        <p className="text-warning-soft-foreground text-xs">{row.reason_text}</p>
      </div>
      <div className="flex flex-wrap gap-2 sm:justify-end">
        {row.near.map((student) => (
          <Button key={student.id} size="sm" variant="secondary" isPending={match.isPending} onPress={() => choose(student.id)}>
            {t`是 ${student.name}（${[student.class_name, student.birth_on].filter(Boolean).join(" ")}）`}
          </Button>
        ))}
        {mode !== "other" && (
          <Button size="sm" variant="ghost" onPress={() => setMode("other")}>
            <Trans>是另一名学生</Trans>
          </Button>
        )}
        <Button size="sm" variant="ghost" onPress={() => setMode("aside")}>
          <Trans>都不是</Trans>
        </Button>
        {mode === "other" && (
          <ComboInput
            control={control}
            name="student_id"
            label={t`名单上的 ${row.name} 是`}
            queryKey={["evidence-students"]}
            load={loadStudents}
            onPicked={(option) => option && choose(option.value)}
            className="w-full sm:w-72"
          />
        )}
      </div>
      {mode === "aside" && <SetAsideDialog row={row} onClose={() => setMode("near")} />}
    </li>
  );
}
