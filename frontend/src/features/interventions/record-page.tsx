import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { ComboInput } from "@/components/form/combo-input";
import { DateInput } from "@/components/form/date-input";
import { NumberInput } from "@/components/form/number-input";
import { RadioInput } from "@/components/form/radio-input";
import { RestoredNotice } from "@/components/form/restored-notice";
import { SelectInput } from "@/components/form/select-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { readKept, useKeptDraft } from "@/components/form/use-kept-draft";
import { PageHeader } from "@/components/page-header";
import { WordButton } from "@/components/print/word-button";
import { dropDraft } from "@/lib/session/drafts";
import { formatDay, formatNumber, today } from "@/lib/texts/format";
import { DoerFields } from "./doer-fields";
import { KindFields } from "./kind-fields";
import { KindInput } from "./kind-input";
import { attendanceLabels, attendances } from "./parts/labels";
import { useKinds } from "./parts/use-kinds";
import { PlanMeasures } from "./plan-measures";
import { findStudents, useFileOf, useRecordMutations } from "./queries";
import { emptyRecord, type RecordForm, toRecord } from "./record-values";

const route = getRouteApi("/staff/interventions/new");

/** One record, as quickly as on a phone at the door: whom, what, and how it went; the rest is filled in already. */
export function RecordPage() {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const navigate = useNavigate();
  const { kindOf } = useKinds();
  const { create } = useRecordMutations();
  const draft = `record:${search.student ?? ""}`;
  const [kept] = useState(() => readKept<RecordForm>(draft)?.values ?? null);
  const [isRestored, setRestored] = useState(kept !== null);
  const [revision, setRevision] = useState(0);
  const empty = emptyRecord(search.student ?? null, search.kind ?? null, search.measure ?? null, search.on);
  const form = useApiForm<RecordForm>({
    defaultValues: empty,
    submit: (values) => create.mutateAsync({ body: toRecord(values, kindOf(values.kind)) }),
    onDone: () => {
      const { student_id } = form.getValues();
      form.reset(empty);
      dropDraft(draft);
      notify(t`已记录`);
      if (search.back) return void navigate({ to: "/" });
      if (student_id) void navigate({ to: "/students/$studentId", params: { studentId: student_id } });
    },
  });
  useKeptDraft(form, draft, 0);
  const { setValue, reset } = form;
  useEffect(() => {
    if (!kept) return;
    reset(kept, { keepDefaultValues: true });
    setRevision(1);
  }, [kept, reset]);
  const [studentId, kindCode, measureId, attendance, heldOn] = form.watch([
    "student_id",
    "kind",
    "plan_measure_id",
    "attendance",
    "held_on",
  ]);
  const kind = kindOf(kindCode);
  const file = useFileOf(studentId);
  const planned = file.data?.plan?.measures ?? [];
  const fitting = planned.filter((one) => one.kind === kindCode);
  const only = fitting.length === 1 ? fitting[0] : undefined;
  // The plan says how long; without one the programme does. A single fitting measure is what was meant. What came back stays as it was.
  const filled = useRef(kept?.kind ?? null);
  useEffect(() => {
    if (!kind || filled.current === kind.code) return;
    filled.current = kind.code;
    setValue("minutes", only?.minutes ?? kind.dose.minutes);
    setValue("plan_measure_id", only?.id ?? null);
  }, [kind, only, setValue]);
  const pick = (measure: (typeof planned)[number]) => {
    filled.current = measure.kind;
    setValue("kind", measure.kind, { shouldDirty: true });
    setValue("plan_measure_id", measure.id);
    setValue("minutes", measure.minutes);
    setRevision((before) => before + 1);
  };
  const forget = () => {
    reset(empty);
    dropDraft(draft);
    filled.current = null;
    setRestored(false);
    setRevision((before) => before + 1);
  };
  const [chosenName] = form.getValues(["student_name"]);

  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title={t`记录帮扶`}
        trail={[{ label: t`帮扶记录`, to: "/interventions" }]}
        actions={
          <>
            {kind && <WordButton path={`/api/v1/measure-kinds/${kind.code}/form.docx`} fileName={t`空白表.docx`} label={t`空白纸表`} />}
            <Link
              to="/interventions/session"
              search={{ kind: kindCode ?? undefined }}
              className="rounded text-link text-sm hover:underline"
            >
              <Trans>多名学生一起做的？用小组批量记录</Trans>
            </Link>
          </>
        }
      />
      {isRestored && <RestoredNotice onForget={forget} />}
      <ApiFormBody
        form={form}
        className="flex flex-col gap-4 rounded-lg bg-surface p-4 shadow-surface"
        actions={
          <SubmitButton control={form.control}>
            <Trans>保存</Trans>
          </SubmitButton>
        }
      >
        {search.student ? (
          <p className="text-sm">
            <span className="text-muted">{t`学生`}</span> <span className="font-medium">{file.data?.basic.name}</span>{" "}
            <span className="text-muted">{file.data?.basic.class?.name}</span>
          </p>
        ) : (
          <ComboInput
            key={`student-${revision}`}
            control={form.control}
            name="student_id"
            label={t`学生`}
            isRequired
            rules={{ required: t`请选择学生` }}
            initial={studentId && chosenName ? { value: studentId, label: chosenName } : undefined}
            onPicked={(one) => setValue("student_name", one?.label ?? null)}
            queryKey={["intervention-students"]}
            load={async (q, signal) =>
              (await findStudents(q, signal)).map((one) => ({ value: one.id, label: one.name, note: one.class_name ?? undefined }))
            }
          />
        )}
        <PlanMeasures measures={planned} picked={measureId} onPick={pick} />
        <KindInput key={`kind-${revision}`} control={form.control} name="kind" initial={kindCode ?? undefined} />
        {fitting.length > 1 && (
          <SelectInput
            control={form.control}
            name="plan_measure_id"
            label={t`对应计划中的措施`}
            options={fitting.map((one) => ({
              value: one.id,
              label: one.title,
              note: t`已做 ${one.delivered} / 应做 ${formatNumber(one.planned_so_far)} 次`,
            }))}
          />
        )}
        <div className="grid grid-cols-2 gap-4">
          <DateInput
            control={form.control}
            name="held_on"
            label={t`日期`}
            isRequired
            max={today()}
            rules={{ required: t`请填写日期` }}
            description={heldOn && heldOn < today() ? t`${formatDay(today())} 补录` : undefined}
          />
          <NumberInput control={form.control} name="minutes" label={t`时长（分钟）`} isRequired min={0} max={1440} />
        </div>
        <RadioInput
          control={form.control}
          name="attendance"
          label={t`出席`}
          options={attendances.map((value) => ({ value, label: i18n._(attendanceLabels[value]) }))}
        />
        {kind && <KindFields control={form.control} kind={kind} isAttended={attendance !== "absent" && attendance !== "excused"} />}
        <TextInput control={form.control} name="went" label={t`情况记录`} rows={3} />
        <TextInput control={form.control} name="follow_up" label={t`后续安排`} rows={2} />
        <details className="rounded-md border border-border px-3 py-2">
          <summary className="cursor-pointer text-muted text-sm">
            <Trans>地点、参加人员、实施人（默认是您）</Trans>
          </summary>
          <DoerFields key={`doer-${revision}`} form={form} />
        </details>
      </ApiFormBody>
    </div>
  );
}
