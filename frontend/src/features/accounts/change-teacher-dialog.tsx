import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { classesChangeHomeroomTeacherMutation } from "@/api/@tanstack/react-query.gen";
import type { RoleRow } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { ComboInput } from "@/components/form/combo-input";
import { DateInput } from "@/components/form/date-input";
import { SubmitButton } from "@/components/form/submit-button";
import { useApiForm } from "@/components/form/use-api-form";
import { invalidate } from "@/lib/http/invalidate";
import { formatDay, today } from "@/lib/texts/format";
import { findColleagues } from "./find-colleagues";

interface ChangeForm {
  staff_id: string | null;
  from_on: string | null;
}

/** 接班: gives a class to another homeroom teacher from a day on. */
export function ChangeTeacherDialog({ role, onClose }: { role: RoleRow; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const client = useQueryClient();
  const change = useMutation({
    ...classesChangeHomeroomTeacherMutation(),
    onSuccess: () => invalidate(client, "accountsRead", "accountsList", "delegationsOf"),
  });
  const form = useApiForm<ChangeForm>({
    defaultValues: { staff_id: null, from_on: today() },
    submit: async ({ staff_id, from_on }) => {
      const body = { staff_id: staff_id ?? "", from_on: from_on ?? "" };
      const shown = await change.mutateAsync({ path: { class_id: role.scope_id ?? "" }, body });
      notify(t`${formatDay(shown.from_on)} 起由 ${shown.name} 担任班主任`, t`系统已提醒 ${shown.former} 写交接记录。`);
    },
    onDone: onClose,
  });
  return (
    <Dialog
      title={t`${role.scope_name ?? ""}换班主任`}
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="change-teacher">
          <Trans>确定</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="change-teacher">
        <ComboInput
          control={form.control}
          name="staff_id"
          label={t`接班的教师`}
          queryKey={["successor-options", i18n.locale]}
          load={findColleagues}
          isRequired
          rules={{ required: t`请选择一位教师` }}
        />
        <DateInput
          control={form.control}
          name="from_on"
          label={t`接班日期`}
          min={today()}
          description={t`原班主任的权限在前一天结束，代班也随之结束；系统会请原班主任写交接记录。`}
          isRequired
          rules={{ required: t`请选择日期` }}
        />
      </ApiFormBody>
    </Dialog>
  );
}
