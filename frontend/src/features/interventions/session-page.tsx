import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { notify, notifyError } from "@/components/feedback/notify";
import { DateInput } from "@/components/form/date-input";
import { NumberInput } from "@/components/form/number-input";
import { TextInput } from "@/components/form/text-input";
import { PageHeader } from "@/components/page-header";
import { EmptyState } from "@/components/states/empty-state";
import { today } from "@/lib/texts/format";
import { AddStudent } from "./add-student";
import { type FormValues, toForm } from "./form-values";
import { KindFields } from "./kind-fields";
import { KindInput } from "./kind-input";
import { useKinds } from "./parts/use-kinds";
import { useCandidates, useRecordMutations } from "./queries";
import { SessionGrid } from "./session-grid";
import type { SessionRow } from "./session-row";

const route = getRouteApi("/staff/interventions/session");

interface SessionForm {
  kind: string | null;
  held_on: string | null;
  minutes: number | null;
  place: string;
  form: FormValues;
}

/** A group session in one grid: choose the kind, its students are there already; note who was missing; Ctrl+Enter saves. */
export function SessionPage() {
  const { t } = useLingui();
  const search = route.useSearch();
  const navigate = useNavigate();
  const { kindOf } = useKinds();
  const { createMany } = useRecordMutations();
  const form = useForm<SessionForm>({ defaultValues: { kind: search.kind ?? null, held_on: today(), minutes: 40, place: "", form: {} } });
  const [rows, setRows] = useState<SessionRow[]>([]);
  const [kindCode, minutes] = form.watch(["kind", "minutes"]);
  const kind = kindOf(kindCode);
  const { data: candidates } = useCandidates(kindCode ?? undefined);
  const { setValue } = form;

  useEffect(() => {
    if (kind) setValue("minutes", kind.dose.minutes);
  }, [kind, setValue]);
  // Whose plan has this measure is there already; who was added by hand stays.
  useEffect(() => {
    if (!candidates) return;
    const planned = candidates.items.map((one) => ({
      id: one.student_id,
      name: one.name,
      class_name: one.class_name,
      measureId: one.plan_measure_id,
      attendance: "present" as const,
      minutes: null,
      went: "",
    }));
    setRows((before) => [...planned, ...before.filter((row) => !row.measureId && !planned.some(({ id }) => id === row.id))]);
  }, [candidates]);

  const save = form.handleSubmit((values) => {
    const items = rows.map((row) => ({
      student_id: row.id,
      kind: values.kind ?? "",
      plan_measure_id: row.measureId,
      held_on: values.held_on ?? "",
      minutes: row.minutes ?? values.minutes ?? 0,
      attendance: row.attendance,
      place: values.place || null,
      went: row.went || null,
      form: row.attendance === "absent" || row.attendance === "excused" ? {} : toForm(kind, values.form),
    }));
    createMany.mutate(
      { body: { items } },
      {
        onSuccess: (answer) => {
          if (answer.created > 0) notify(t`已记录 ${answer.created} 名学生`);
          if (answer.refused === 0) return void navigate({ to: "/interventions", search: { session: answer.session_id } });
          const refused = new Map(
            answer.items.filter(({ ok }) => !ok).map((one) => [one.student_id, one.errors[0]?.message ?? t`您不能为这名学生填写`]),
          );
          setRows((before) => before.filter(({ id }) => refused.has(id)).map((row) => ({ ...row, error: refused.get(row.id) })));
        },
        onError: notifyError,
      },
    );
  });

  return (
    <>
      <PageHeader
        title={t`小组批量记录`}
        trail={[{ label: t`帮扶记录`, to: "/interventions" }]}
        description={t`选好方式，计划里有这项措施的学生会自动列出，默认全部到场；只改不同的几格，按 Ctrl+Enter 保存。`}
      />
      <form
        noValidate
        onSubmit={(event) => void save(event)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void save();
        }}
        className="flex flex-col gap-4"
      >
        <div className="grid gap-4 rounded-lg bg-surface p-4 shadow-surface sm:grid-cols-2 lg:grid-cols-4">
          <KindInput control={form.control} name="kind" initial={search.kind} />
          <DateInput control={form.control} name="held_on" label={t`日期`} isRequired max={today()} />
          <NumberInput control={form.control} name="minutes" label={t`时长（分钟）`} isRequired min={0} max={1440} />
          <TextInput control={form.control} name="place" label={t`地点`} />
          {kind && <KindFields control={form.control} kind={kind} isAttended />}
        </div>
        <div className="rounded-lg bg-surface p-4 shadow-surface">
          {rows.length === 0 ? (
            <EmptyState title={kind ? t`还没有学生的计划里有这项措施` : t`先选择方式`}>{t`也可以在下面按姓名添加学生。`}</EmptyState>
          ) : (
            <SessionGrid rows={rows} minutes={minutes ?? 0} onChange={setRows} />
          )}
          <AddStudent
            isTaken={(id) => rows.some((row) => row.id === id)}
            onAdd={({ id, name, class_name }) =>
              setRows((before) => [...before, { id, name, class_name, measureId: null, attendance: "present", minutes: null, went: "" }])
            }
          />
        </div>
        <div className="flex items-center justify-end gap-3">
          <span className="text-muted text-sm">{t`共 ${rows.length} 名学生`}</span>
          <Button type="submit" isPending={createMany.isPending} isDisabled={rows.length === 0 || !kindCode}>
            <Trans>保存全部（Ctrl+Enter）</Trans>
          </Button>
        </div>
      </form>
    </>
  );
}
