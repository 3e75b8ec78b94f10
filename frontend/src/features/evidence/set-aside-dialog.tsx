import { useLingui } from "@lingui/react/macro";
import type { ListRowShown } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { ifMatch } from "@/lib/http/if-match";
import { useEvidenceMutations } from "./queries";

/** A row of a list means nobody here: say why. */
export function SetAsideDialog({ row, onClose }: { row: ListRowShown; onClose: () => void }) {
  const { t } = useLingui();
  const { setAside } = useEvidenceMutations();
  const form = useApiForm<{ reason: string }>({
    defaultValues: { reason: t`经核对，不是本校学生` },
    submit: (body) => setAside.mutateAsync({ path: { row_id: row.id }, body, headers: ifMatch(row.version) }),
    onDone: () => [notify(t`已核对`), onClose()],
  });
  return (
    <Dialog title={row.name} onClose={onClose} footer={<SubmitButton control={form.control} form="set-aside">{t`确定`}</SubmitButton>}>
      <ApiFormBody form={form} id="set-aside">
        <TextInput control={form.control} name="reason" label={t`理由`} rows={3} isRequired />
      </ApiFormBody>
    </Dialog>
  );
}
