import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import type { EditionShown, EditionsReturnData } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { useEditionMutations } from "./queries";

/** Back to those who wrote it, with what is to be changed. */
export function ReturnDialog({ edition, onClose }: { edition: EditionShown; onClose: () => void }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { sendBack } = useEditionMutations();
  const path = { edition_id: edition.id };
  const form = useApiForm<EditionsReturnData["body"]>({
    defaultValues: { reason: "" },
    submit: (body) => sendBack.mutateAsync({ path, body }),
    onDone: () => [notify(t`已退回`), onClose(), navigate({ to: "/editions/$editionId", params: { editionId: edition.id } })],
  });
  return (
    <Dialog
      title={t`退回方案`}
      size="sm"
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="send-back">
          <Trans>退回</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="send-back">
        <TextInput control={form.control} name="reason" label={t`退回原因`} rows={3} isRequired />
      </ApiFormBody>
    </Dialog>
  );
}
