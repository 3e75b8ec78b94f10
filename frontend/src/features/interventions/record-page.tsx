import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { ComboInput } from "@/components/form/combo-input";
import { DateInput } from "@/components/form/date-input";
import { NumberInput } from "@/components/form/number-input";
import { RadioInput } from "@/components/form/radio-input";
import { SelectInput } from "@/components/form/select-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PageHeader } from "@/components/page-header";
import { formatDay, today } from "@/lib/texts/format";
import { type FormValues, toForm } from "./form-values";
import { KindFields } from "./kind-fields";
import { KindInput } from "./kind-input";
import { type Attendance, attendanceLabels, attendances } from "./parts/labels";
import { useKinds } from "./parts/use-kinds";
import { findStudents, useFileOf, useRecordMutations } from "./queries";

const route = getRouteApi("/staff/interventions/new");

interface RecordForm {
  student_id: string | null;
  kind: string | null;
  plan_measure_id: string | null;
  held_on: string | null;
  minutes: number | null;
  attendance: Attendance;
  place: string;
  with_whom: string;
  doer_name: string;
  went: string;
  follow_up: string;
  form: FormValues;
}

/** One record, as quickly as on a phone at the door: whom, what, and how it went; the rest is filled in already. */
export function RecordPage() {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const navigate = useNavigate();
  const { kindOf } = useKinds();
  const { create } = useRecordMutations();
  const form = useApiForm<RecordForm>({
    defaultValues: {
      student_id: search.student ?? null,
      kind: search.kind ?? null,
      plan_measure_id: search.measure ?? null,
      held_on: today(),
      minutes: 30,
      attendance: "present",
      place: "",
      with_whom: "",
      doer_name: "",
      went: "",
      follow_up: "",
      form: {},
    },
    submit: (values) => {
      const { place, with_whom, doer_name, went, follow_up } = values;
      const texts = Object.fromEntries(
        Object.entries({ place, with_whom, doer_name, went, follow_up }).map(([name, text]) => [name, text || null]),
      );
      const body = {
        ...texts,
        student_id: values.student_id ?? "",
        kind: values.kind ?? "",
        plan_measure_id: values.plan_measure_id,
        held_on: values.held_on ?? "",
        minutes: values.minutes ?? 0,
        attendance: values.attendance,
        form: toForm(kindOf(values.kind), values.form),
      };
      return create.mutateAsync({ body });
    },
    onDone: () => {
      notify(t`已记录`);
      const student = form.getValues("student_id");
      if (student) void navigate({ to: "/students/$studentId", params: { studentId: student } });
    },
  });
  const [studentId, kindCode, attendance, heldOn] = form.watch(["student_id", "kind", "attendance", "held_on"]);
  const kind = kindOf(kindCode);
  const file = useFileOf(studentId);
  const measures = (file.data?.plan?.measures ?? []).filter((one) => one.kind === kindCode);
  const only = measures.length === 1 ? measures[0] : undefined;
  const { setValue } = form;
  // The plan says how long; without one the programme does. A single fitting measure is what was meant.
  useEffect(() => {
    if (kind) setValue("minutes", only?.minutes ?? kind.dose.minutes);
    setValue("plan_measure_id", only?.id ?? null);
  }, [kind, only, setValue]);

  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title={t`记录帮扶`}
        trail={[{ label: t`帮扶记录`, to: "/interventions" }]}
        actions={
          <Link to="/interventions/session" search={{ kind: kindCode ?? undefined }} className="rounded text-link text-sm hover:underline">
            <Trans>多名学生一起做的？用小组批量记录</Trans>
          </Link>
        }
      />
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
            control={form.control}
            name="student_id"
            label={t`学生`}
            isRequired
            rules={{ required: t`请选择学生` }}
            queryKey={["intervention-students"]}
            load={async (q, signal) =>
              (await findStudents(q, signal)).map((one) => ({ value: one.id, label: one.name, note: one.class_name ?? undefined }))
            }
          />
        )}
        <KindInput control={form.control} name="kind" initial={search.kind} />
        {measures.length > 0 && (
          <SelectInput
            control={form.control}
            name="plan_measure_id"
            label={t`对应计划中的措施`}
            options={measures.map((one) => ({
              value: one.id,
              label: one.title,
              note: t`已做 ${one.delivered} / 应做 ${one.planned_so_far} 次`,
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
          <div className="mt-3 grid gap-4 sm:grid-cols-3">
            <TextInput control={form.control} name="place" label={t`地点`} />
            <TextInput control={form.control} name="with_whom" label={t`参加人员`} />
            <TextInput control={form.control} name="doer_name" label={t`校外实施人`} />
          </div>
        </details>
      </ApiFormBody>
    </div>
  );
}
