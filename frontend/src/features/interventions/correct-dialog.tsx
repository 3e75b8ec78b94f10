import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import type { InterventionChange, InterventionShown } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify, notifyError } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { DateInput } from "@/components/form/date-input";
import { NumberInput } from "@/components/form/number-input";
import { RadioInput } from "@/components/form/radio-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { ifMatch } from "@/lib/http/if-match";
import { invalidate } from "@/lib/http/invalidate";
import { formatDay, today } from "@/lib/texts/format";
import { type FormValues, fromForm, toForm } from "./form-values";
import { KindFields } from "./kind-fields";
import { type Attendance, attendanceLabels, attendances } from "./parts/labels";
import { useKinds } from "./parts/use-kinds";
import { useRecordMutations } from "./queries";

interface CorrectForm {
  held_on: string | null;
  minutes: number | null;
  attendance: Attendance;
  place: string;
  with_whom: string;
  went: string;
  follow_up: string;
  form: FormValues;
  reason: string;
}

/** Corrects a record. Beside each changed field stands what it said; the server keeps it, with the reason. */
export function CorrectDialog({ record, onClose }: { record: InterventionShown; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const { kindOf } = useKinds();
  const { correct } = useRecordMutations();
  const client = useQueryClient();
  const kind = kindOf(record.kind);
  const form = useApiForm<CorrectForm>({
    defaultValues: {
      held_on: record.held_on,
      minutes: record.minutes,
      attendance: record.attendance,
      place: record.place ?? "",
      with_whom: record.with_whom ?? "",
      went: record.went ?? "",
      follow_up: record.follow_up ?? "",
      form: fromForm(record.form),
      reason: "",
    },
    submit: async ({ reason, form: fields, ...values }) => {
      const now = toForm(kind, fields);
      const gone = Object.fromEntries(Object.keys(record.form).map((name) => [name, null]));
      const plain = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === "" ? null : value]));
      const changed = Object.entries(plain).filter(([name, value]) => value !== record[name as keyof InterventionShown]);
      const body = { ...Object.fromEntries(changed), form: { ...gone, ...now }, reason } as InterventionChange;
      await correct.mutateAsync({ path: { intervention_id: record.id }, headers: ifMatch(record.version), body });
      notify(t`已更正`);
    },
    onDone: onClose,
    onConflict: (problem) => {
      notifyError(problem);
      void invalidate(client, "interventionsRead");
      onClose();
    },
  });
  const values = form.watch();
  const was = (isChanged: boolean, before: string | null | undefined) => (isChanged ? t`原为：${before || "—"}` : undefined);
  const isAttended = values.attendance !== "absent" && values.attendance !== "excused";
  return (
    <Dialog
      title={t`更正记录`}
      size="lg"
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="correct-record">
          <Trans>保存更正</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="correct-record">
        <div className="grid gap-4 sm:grid-cols-2">
          <DateInput
            control={form.control}
            name="held_on"
            label={t`日期`}
            max={today()}
            description={was(values.held_on !== record.held_on, formatDay(record.held_on))}
          />
          <NumberInput
            control={form.control}
            name="minutes"
            label={t`时长（分钟）`}
            min={0}
            max={1440}
            description={was(values.minutes !== record.minutes, String(record.minutes))}
          />
        </div>
        <RadioInput
          control={form.control}
          name="attendance"
          label={t`出席`}
          options={attendances.map((value) => ({ value, label: i18n._(attendanceLabels[value]) }))}
          description={was(values.attendance !== record.attendance, i18n._(attendanceLabels[record.attendance]))}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextInput
            control={form.control}
            name="place"
            label={t`地点`}
            description={was(values.place !== (record.place ?? ""), record.place)}
          />
          <TextInput
            control={form.control}
            name="with_whom"
            label={t`参加人员`}
            description={was(values.with_whom !== (record.with_whom ?? ""), record.with_whom)}
          />
        </div>
        {kind && <KindFields control={form.control} kind={kind} isAttended={isAttended} />}
        <TextInput
          control={form.control}
          name="went"
          label={t`情况记录`}
          rows={3}
          description={was(values.went !== (record.went ?? ""), record.went)}
        />
        <TextInput
          control={form.control}
          name="follow_up"
          label={t`后续安排`}
          rows={2}
          description={was(values.follow_up !== (record.follow_up ?? ""), record.follow_up)}
        />
        <TextInput control={form.control} name="reason" label={t`更正理由`} isRequired rules={{ required: t`请写明更正理由` }} />
      </ApiFormBody>
    </Dialog>
  );
}
