import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { delegationsCreateMutation } from "@/api/@tanstack/react-query.gen";
import type { Lendable } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { ComboInput } from "@/components/form/combo-input";
import { DateInput } from "@/components/form/date-input";
import type { Option } from "@/components/form/option";
import { SelectInput } from "@/components/form/select-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { invalidate } from "@/lib/http/invalidate";
import { today } from "@/lib/texts/format";
import { lentLabel } from "./delegation-words";

interface DelegateForm {
  role_id: string | null;
  deputy_staff_id: string | null;
  valid_from: string | null;
  valid_to: string | null;
  reason: string;
}

interface DelegateDialogProps {
  lendable: Lendable[];
  find: (text: string, signal: AbortSignal) => Promise<Option[]>;
  onClose: () => void;
}

/** Names a deputy for some days. */
export function DelegateDialog({ lendable, find, onClose }: DelegateDialogProps) {
  const { t, i18n } = useLingui();
  const client = useQueryClient();
  const delegate = useMutation({
    ...delegationsCreateMutation(),
    onSuccess: () => invalidate(client, "delegationsOwn", "delegationsOf", "accountsRead"),
  });
  const form = useApiForm<DelegateForm>({
    defaultValues: {
      role_id: lendable.length === 1 ? (lendable[0]?.role_id ?? null) : null,
      deputy_staff_id: null,
      valid_from: today(),
      valid_to: null,
      reason: "",
    },
    submit: ({ role_id, deputy_staff_id, valid_from, valid_to, reason }) =>
      delegate.mutateAsync({
        body: {
          role_id: role_id ?? "",
          deputy_staff_id: deputy_staff_id ?? "",
          valid_from: valid_from ?? "",
          valid_to: valid_to ?? "",
          reason,
        },
      }),
    onDone: () => {
      onClose();
      notify(t`已指定代班人`);
    },
  });
  return (
    <Dialog
      title={t`指定代班人`}
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="delegate">
          <Trans>确定</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="delegate">
        <SelectInput
          control={form.control}
          name="role_id"
          label={t`代哪个岗位或个案`}
          description={t`代班人得到的权限不超过本人；校长只授出审批权，且只给分管副校长；心理个案只能给其他心理教师。`}
          options={lendable.map((one) => ({ value: one.role_id, label: lentLabel(one, i18n) }))}
          isRequired
          rules={{ required: t`请选择岗位或个案` }}
        />
        <ComboInput
          control={form.control}
          name="deputy_staff_id"
          label={t`代班人`}
          queryKey={["deputy-options", i18n.locale]}
          load={find}
          isRequired
          rules={{ required: t`请选择代班人` }}
        />
        <div className="grid gap-3 sm:grid-cols-2">
          <DateInput
            control={form.control}
            name="valid_from"
            label={t`第一天`}
            min={today()}
            isRequired
            rules={{ required: t`请选择日期` }}
          />
          <DateInput
            control={form.control}
            name="valid_to"
            label={t`最后一天`}
            min={today()}
            isRequired
            rules={{ required: t`请选择日期` }}
          />
        </div>
        <TextInput
          control={form.control}
          name="reason"
          label={t`事由`}
          isRequired
          rules={{ validate: (value) => String(value).trim().length >= 4 || t`请写明事由，至少 4 个字` }}
        />
      </ApiFormBody>
    </Dialog>
  );
}
