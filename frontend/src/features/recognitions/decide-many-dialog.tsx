import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { BatchAnswer, RecognitionRow } from "@/api";
import { Dialog } from "@/components/dialog";
import { ApiFormBody } from "@/components/form/api-form-body";
import { RadioInput } from "@/components/form/radio-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { CategoryChip } from "./parts/category-chip";
import { useCaseMutations } from "./queries";

/** One decision over several cases, each of which stands or falls by itself. */
export function DecideManyDialog({ rows, onClose }: { rows: RecognitionRow[]; onClose: () => void }) {
  const { t } = useLingui();
  const { decideMany } = useCaseMutations();
  const [answer, setAnswer] = useState<BatchAnswer>();
  const names = new Map(rows.map((row) => [row.id, row.student.name]));
  const form = useApiForm<{ outcome: "agree" | "decline"; reason: string }>({
    defaultValues: { outcome: "agree", reason: "" },
    submit: async (values) => setAnswer(await decideMany.mutateAsync({ body: { ids: rows.map((row) => row.id), ...values } })),
  });
  const close = (
    <Button variant="secondary" onPress={onClose}>
      {answer ? t`完成` : t`取消`}
    </Button>
  );
  return (
    <Dialog title={t`批量评议（${rows.length} 条）`} onClose={onClose} footer={answer && close}>
      {answer ? (
        <div className="flex flex-col gap-2 text-sm" role="status">
          <p>
            <Trans>
              已办理 {answer.done} 条，未办理 {answer.refused} 条。
            </Trans>
          </p>
          <ul className="list-disc pl-5">
            {answer.items
              .filter((item) => !item.ok)
              .map((item) => (
                <li key={item.id}>
                  {names.get(item.id)}：{item.message}
                </li>
              ))}
          </ul>
        </div>
      ) : (
        <ApiFormBody
          form={form}
          actions={
            <>
              {close}
              <SubmitButton control={form.control}>{t`提交`}</SubmitButton>
            </>
          }
        >
          <ul className="flex max-h-40 flex-wrap gap-2 overflow-auto text-sm">
            {rows.map((row) => (
              <li key={row.id} className="flex items-center gap-1">
                {row.student.name} <CategoryChip category={row.category} level={row.support_level} />
              </li>
            ))}
          </ul>
          <RadioInput
            control={form.control}
            name="outcome"
            label={t`意见`}
            options={[
              { value: "agree", label: t`同意` },
              { value: "decline", label: t`不予认定` },
            ]}
          />
          <TextInput control={form.control} name="reason" label={t`理由`} rows={3} isRequired description={t`理由会随认定一并保存。`} />
        </ApiFormBody>
      )}
    </Dialog>
  );
}
