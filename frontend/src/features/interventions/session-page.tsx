import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { notify, notifyError } from "@/components/feedback/notify";
import { RestoredNotice } from "@/components/form/restored-notice";
import { PageHeader } from "@/components/page-header";
import { EmptyState } from "@/components/states/empty-state";
import { dropDraft, keepDraft, readDraft } from "@/lib/session/drafts";
import { AddStudent } from "./add-student";
import { toForm } from "./form-values";
import { useKinds } from "./parts/use-kinds";
import { useCandidates, useRecordMutations } from "./queries";
import { SessionFields } from "./session-fields";
import { emptySession, type SessionForm } from "./session-form";
import { SessionGrid } from "./session-grid";
import type { SessionRow } from "./session-row";
import { useOwed } from "./use-owed";
import { useSessionRows } from "./use-session-rows";

const route = getRouteApi("/staff/interventions/session");
const draft = "group-session";

interface Kept {
  values: SessionForm;
  rows: SessionRow[];
}

/** A group session in one grid: choose the kind, its students are there already; note who was missing; Ctrl+Enter saves. */
export function SessionPage() {
  const { t } = useLingui();
  const search = route.useSearch();
  const navigate = useNavigate();
  const { kindOf } = useKinds();
  const { createMany } = useRecordMutations();
  const [kept] = useState(() => readDraft<Kept>(draft));
  const [isRestored, setRestored] = useState(kept !== null);
  const [revision, setRevision] = useState(0);
  const form = useForm<SessionForm>({ defaultValues: kept?.values ?? emptySession(search.kind, search.on) });
  const [kindCode, minutes, classId, isMine] = form.watch(["kind", "minutes", "class_id", "mine"]);
  const kind = kindOf(kindCode);
  const { data: candidates } = useCandidates(kindCode ?? undefined, { class_id: classId ?? undefined, mine: isMine });
  const owed = useOwed(search);
  const { rows, setRows, add } = useSessionRows(owed && kindCode === search.kind ? owed : candidates?.items, kept?.rows ?? []);
  const { setValue } = form;

  const filled = useRef(kept?.values.kind ?? null);
  useEffect(() => {
    if (!kind || filled.current === kind.code) return;
    filled.current = kind.code;
    setValue("minutes", kind.dose.minutes);
    setValue("class_id", null);
  }, [kind, setValue]);

  // What was noted for half a class outlives a reload; an untouched grid is nothing to keep.
  const isTouched = form.formState.isDirty || rows.some((row) => row.went || row.minutes !== null || row.attendance !== "present");
  const values = form.watch();
  useEffect(() => {
    if (isTouched) keepDraft(draft, { values, rows } satisfies Kept);
  }, [isTouched, values, rows]);

  const forget = () => {
    dropDraft(draft);
    filled.current = null;
    form.reset(emptySession(search.kind, search.on));
    setRows([]);
    setRestored(false);
    setRevision((before) => before + 1);
  };

  const save = form.handleSubmit((given) => {
    const items = rows.map((row) => ({
      student_id: row.id,
      kind: given.kind ?? "",
      plan_measure_id: row.measureId,
      held_on: given.held_on ?? "",
      minutes: row.minutes ?? given.minutes ?? 0,
      attendance: row.attendance,
      place: given.place || null,
      went: row.went || null,
      form: row.attendance === "absent" || row.attendance === "excused" ? {} : toForm(kind, given.form),
    }));
    createMany.mutate(
      { body: { items } },
      {
        onSuccess: (answer) => {
          if (answer.created > 0) notify(t`已记录 ${answer.created} 名学生`);
          if (answer.refused === 0) {
            dropDraft(draft);
            if (search.back) return void navigate({ to: "/" });
            return void navigate({ to: "/interventions", search: { session: answer.session_id } });
          }
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
      {isRestored && <RestoredNotice onForget={forget} />}
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
        <SessionFields key={revision} control={form.control} kind={kind} />
        <div className="rounded-lg bg-surface p-4 shadow-surface">
          {rows.length === 0 ? (
            <EmptyState title={kind ? t`没有学生的计划里有这项措施` : t`先选择方式`}>{t`也可以在下面按姓名添加学生。`}</EmptyState>
          ) : (
            <SessionGrid rows={rows} minutes={minutes ?? 0} onChange={setRows} />
          )}
          <AddStudent isTaken={(id) => rows.some((row) => row.id === id)} onAdd={add} />
        </div>
        <div className="flex flex-wrap items-center justify-end gap-3">
          <span className="text-muted text-sm">{t`共 ${rows.length} 名学生`}</span>
          <Button type="submit" isPending={createMany.isPending} isDisabled={rows.length === 0 || !kindCode}>
            <Trans>保存全部（Ctrl+Enter）</Trans>
          </Button>
        </div>
      </form>
    </>
  );
}
