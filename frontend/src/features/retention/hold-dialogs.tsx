import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Hold } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { CheckInput } from "@/components/form/check-input";
import { ComboInput } from "@/components/form/combo-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PlainButton } from "@/components/plain-button";
import { loadStudents } from "./load-students";
import { useHoldMutations } from "./queries";

/** One student, or all of the school. */
export function PlaceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const { place } = useHoldMutations();
  const form = useApiForm<{ student_id: string | null; is_all: boolean; reason: string }>({
    defaultValues: { student_id: null, is_all: false, reason: "" },
    submit: ({ student_id, is_all, reason }) => place.mutateAsync({ body: { student_id: is_all ? null : student_id, reason } }),
    onDone: () => [notify(t`已设置法律保全`), onClose()],
  });
  const isAll = form.watch("is_all");
  return (
    <Dialog
      title={t`设置法律保全`}
      size="sm"
      onClose={onClose}
      footer={
        <Foot onClose={onClose}>
          <SubmitButton control={form.control} form="place-hold">{t`设置保全`}</SubmitButton>
        </Foot>
      }
    >
      <ApiFormBody form={form} id="place-hold">
        {!isAll && (
          <ComboInput
            control={form.control}
            name="student_id"
            label={t`学生`}
            isRequired
            queryKey={["retention-students"]}
            load={loadStudents}
          />
        )}
        <CheckInput control={form.control} name="is_all" label={t`全校所有学生`} />
        <TextInput
          control={form.control}
          name="reason"
          label={t`原因`}
          description={t`如来函单位、文号。会记入记录。`}
          rows={3}
          isRequired
        />
      </ApiFormBody>
    </Dialog>
  );
}

/** The end of a hold. */
export function LiftDialog({ hold, onClose }: { hold: Hold; onClose: () => void }) {
  const { t } = useLingui();
  const { lift } = useHoldMutations();
  const form = useApiForm<{ reason: string }>({
    defaultValues: { reason: "" },
    submit: (body) => lift.mutateAsync({ path: { hold_id: hold.id }, body }),
    onDone: () => [notify(t`已解除法律保全`), onClose()],
  });
  return (
    <Dialog
      title={t`解除法律保全`}
      size="sm"
      onClose={onClose}
      footer={
        <Foot onClose={onClose}>
          <SubmitButton control={form.control} form="lift-hold">{t`解除保全`}</SubmitButton>
        </Foot>
      }
    >
      <ApiFormBody form={form} id="lift-hold">
        <p className="text-sm">{t`解除后，到期的信息从下一次预演起重新公示七天，再行处理。`}</p>
        <TextInput control={form.control} name="reason" label={t`原因`} rows={3} isRequired />
      </ApiFormBody>
    </Dialog>
  );
}

function Foot({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  return (
    <>
      <PlainButton variant="tertiary" onClick={onClose}>
        <Trans>返回</Trans>
      </PlainButton>
      {children}
    </>
  );
}
