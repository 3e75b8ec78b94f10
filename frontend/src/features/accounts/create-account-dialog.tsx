import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import type { FirstPassword } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { useCreateAccount } from "./queries";

interface CreateAccountDialogProps {
  onClose: () => void;
  onCreated: (issued: FirstPassword) => void;
}

export function CreateAccountDialog({ onClose, onCreated }: CreateAccountDialogProps) {
  const { t } = useLingui();
  const create = useCreateAccount();
  const form = useApiForm({
    defaultValues: { display_name: "", username: "" },
    submit: async (body) => onCreated(await create.mutateAsync({ body })),
    onDone: onClose,
  });
  return (
    <Dialog
      title={t`新建账号`}
      size="sm"
      onClose={onClose}
      footer={
        <>
          <Button variant="tertiary" onPress={onClose}>
            <Trans>取消</Trans>
          </Button>
          <SubmitButton control={form.control} form="create-account">
            <Trans>建立账号</Trans>
          </SubmitButton>
        </>
      }
    >
      <ApiFormBody form={form} id="create-account">
        <TextInput control={form.control} name="display_name" label={t`姓名`} isRequired autoComplete="off" />
        <TextInput
          control={form.control}
          name="username"
          label={t`账号名`}
          description={t`小写字母和数字，3 个以上，如 zhoumin 或工号。岗位在下一步分配。`}
          isRequired
          autoComplete="off"
          rules={{ pattern: { value: /^[a-z0-9][a-z0-9._@-]{2,}$/, message: t`请用小写字母和数字，至少 3 个。` } }}
        />
      </ApiFormBody>
    </Dialog>
  );
}
