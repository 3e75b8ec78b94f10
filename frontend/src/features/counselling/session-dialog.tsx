import { Trans, useLingui } from "@lingui/react/macro";
import type { CounsellingSessionShown } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { DateInput } from "@/components/form/date-input";
import { NumberInput } from "@/components/form/number-input";
import { SelectInput } from "@/components/form/select-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { ifMatch } from "@/lib/http/if-match";
import { today } from "@/lib/texts/format";
import { placeLabels } from "./labels";
import { useCounsellingMutations } from "./queries";

interface SessionForm {
  held_on: string | null;
  minutes: number | null;
  place: CounsellingSessionShown["place"] | null;
  topic: string;
  course: string;
  agreed: string;
  next_on: string | null;
  reason: string;
}

const empty = { held_on: today(), minutes: 40, place: "room", topic: "", course: "", agreed: "", next_on: null } as const;

/** Writes down a session, or corrects one: what it said before is kept with the reason. */
export function SessionDialog({
  studentId,
  session,
  onClose,
}: {
  studentId: string;
  session?: CounsellingSessionShown;
  onClose: () => void;
}) {
  const { t, i18n } = useLingui();
  const { add, correct } = useCounsellingMutations();
  const form = useApiForm<SessionForm>({
    defaultValues: { ...empty, ...session, reason: "" },
    submit: ({ held_on, minutes, place, topic, course, agreed, next_on, reason }) => {
      const body = { held_on: held_on ?? "", minutes: minutes ?? 0, place: place ?? "room", topic, course, agreed, next_on } as const;
      return session
        ? correct.mutateAsync({
            path: { counselling_session_id: session.id },
            headers: ifMatch(session.version),
            body: { ...body, reason },
          })
        : add.mutateAsync({ path: { student_id: studentId }, body });
    },
    onDone: () => {
      onClose();
      notify(session ? t`已更正，原内容留存` : t`辅导记录已保存`);
    },
  });
  return (
    <Dialog
      title={session ? t`更正辅导记录` : t`填写辅导记录`}
      size="lg"
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="counselling-session">
          <Trans>保存</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="counselling-session">
        <div className="grid gap-3 sm:grid-cols-3">
          <DateInput
            control={form.control}
            name="held_on"
            label={t`辅导日期`}
            max={today()}
            isRequired
            rules={{ required: t`请选择日期` }}
          />
          <NumberInput control={form.control} name="minutes" label={t`时长（分钟）`} min={5} max={300} isRequired />
          <SelectInput
            control={form.control}
            name="place"
            label={t`地点`}
            options={Object.entries(placeLabels).map(([value, label]) => ({ value, label: i18n._(label) }))}
            isRequired
            rules={{ required: t`请选择地点` }}
          />
        </div>
        <TextInput control={form.control} name="topic" label={t`来访主题`} maxLength={200} isRequired rules={{ required: t`请写明主题` }} />
        <TextInput
          control={form.control}
          name="course"
          label={t`过程与观察`}
          rows={6}
          maxLength={4000}
          description={t`加密保存，只有个案心理教师能看。`}
        />
        <TextInput control={form.control} name="agreed" label={t`商定的下一步`} rows={2} maxLength={4000} />
        <DateInput control={form.control} name="next_on" label={t`下次辅导`} className="sm:max-w-56" />
        {session && <TextInput control={form.control} name="reason" label={t`更正理由`} isRequired rules={{ required: t`请写明理由` }} />}
      </ApiFormBody>
    </Dialog>
  );
}
