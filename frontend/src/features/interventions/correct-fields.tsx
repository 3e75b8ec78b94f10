import { useLingui } from "@lingui/react/macro";
import type { InterventionShown, MeasureKindShown } from "@/api";
import { DateInput } from "@/components/form/date-input";
import { NumberInput } from "@/components/form/number-input";
import { RadioInput } from "@/components/form/radio-input";
import { SelectInput } from "@/components/form/select-input";
import { StaffInput } from "@/components/form/staff-input";
import { TextInput } from "@/components/form/text-input";
import type { ApiForm } from "@/components/form/use-api-form";
import { formatDay, today } from "@/lib/texts/format";
import type { CorrectForm } from "./correct-form";
import { KindFields } from "./kind-fields";
import { attendanceLabels, attendances } from "./parts/labels";
import { useFileOf } from "./queries";

interface CorrectFieldsProps {
  form: ApiForm<CorrectForm>;
  record: InterventionShown;
  kind: MeasureKindShown | undefined;
}

/** Every field of a record with what it said before, once it is changed. */
export function CorrectFields({ form, record, kind }: CorrectFieldsProps) {
  const { t, i18n } = useLingui();
  const { control } = form;
  const values = form.watch();
  const file = useFileOf(record.student.id);
  const measures = (file.data?.plan?.measures ?? []).filter((one) => one.kind === record.kind);
  const was = (isChanged: boolean, before: string | null | undefined) => (isChanged ? t`原为：${before || "—"}` : undefined);
  const text = (name: "place" | "with_whom" | "went" | "follow_up") => was(values[name] !== (record[name] ?? ""), record[name]);
  const isAttended = values.attendance !== "absent" && values.attendance !== "excused";
  const outside = record.doer_staff_id ? "" : (record.doer ?? "");
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <DateInput
          control={control}
          name="held_on"
          label={t`日期`}
          isRequired
          max={today()}
          description={was(values.held_on !== record.held_on, formatDay(record.held_on))}
        />
        <NumberInput
          control={control}
          name="minutes"
          label={t`时长（分钟）`}
          isRequired
          min={0}
          max={1440}
          description={was(values.minutes !== record.minutes, String(record.minutes))}
        />
      </div>
      <RadioInput
        control={control}
        name="attendance"
        label={t`出席`}
        options={attendances.map((value) => ({ value, label: i18n._(attendanceLabels[value]) }))}
        description={was(values.attendance !== record.attendance, i18n._(attendanceLabels[record.attendance]))}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <StaffInput
          control={control}
          name="doer_staff_id"
          label={t`实施人`}
          initial={record.doer_staff_id && record.doer ? { id: record.doer_staff_id, name: record.doer } : undefined}
          onPicked={(one) => form.setValue("doer_staff_name", one?.label ?? null)}
          description={was(values.doer_staff_id !== record.doer_staff_id, record.doer_staff_id ? record.doer : null)}
        />
        <TextInput
          control={control}
          name="doer_name"
          label={t`校外实施人`}
          isDisabled={values.doer_staff_id !== null}
          description={was(values.doer_staff_id === null && values.doer_name !== outside, outside)}
        />
        <TextInput control={control} name="place" label={t`地点`} description={text("place")} />
        <TextInput control={control} name="with_whom" label={t`参加人员`} description={text("with_whom")} />
      </div>
      {measures.length > 0 && (
        <SelectInput
          control={control}
          name="plan_measure_id"
          label={t`对应计划中的措施`}
          placeholder={t`不对应计划`}
          options={measures.map((one) => ({ value: one.id, label: one.title }))}
          description={was(values.plan_measure_id !== record.plan_measure_id, record.measure_title)}
        />
      )}
      {kind && <KindFields control={control} kind={kind} isAttended={isAttended} />}
      <TextInput control={control} name="went" label={t`情况记录`} rows={3} description={text("went")} />
      <TextInput control={control} name="follow_up" label={t`后续安排`} rows={2} description={text("follow_up")} />
      <TextInput control={control} name="reason" label={t`更正理由`} isRequired rules={{ required: t`请写明更正理由` }} />
    </>
  );
}
