import { useLingui } from "@lingui/react/macro";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { useEvidenceMutations } from "./queries";

/** What was done about a report that a student sent by themselves; the student sees that it was heard, not these words. */
export function AnswerForm({ evidenceId, onDone }: { evidenceId: string; onDone: () => void }) {
  const { t } = useLingui();
  const { answer } = useEvidenceMutations();
  const form = useApiForm<{ note: string }>({
    defaultValues: { note: "" },
    submit: (body) => answer.mutateAsync({ path: { evidence_id: evidenceId }, body }),
    onDone,
  });
  return (
    <ApiFormBody form={form} actions={<SubmitButton control={form.control}>{t`记为已回应`}</SubmitButton>}>
      <TextInput
        control={form.control}
        name="note"
        label={t`怎样回应的`}
        rows={3}
        isRequired
        description={t`如：已约周三谈心、已转心理教师。学生只会看到“老师已在处理”，看不到这里的内容。`}
      />
    </ApiFormBody>
  );
}
