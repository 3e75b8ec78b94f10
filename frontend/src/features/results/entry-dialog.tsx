import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { EntryShown, ExamSubjectShown } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { CheckInput } from "@/components/form/check-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { ifMatch } from "@/lib/http/if-match";
import { ProblemError, toProblemError } from "@/lib/http/problem";
import { formatNumber } from "@/lib/texts/format";
import { EntryChanges } from "./entry-changes";
import { changedMarks, type EntryValues, fieldOf, marksOf } from "./entry-marks";
import { useExamMutations } from "./queries";

interface EntryDialogProps {
  examId: string;
  entry: EntryShown;
  subjects: ExamSubjectShown[];
  onClose: () => void;
}

/** Correct what an exam says of one student, in the words of a sheet and with the reason; what was there before is shown below. */
export function EntryDialog({ examId, entry, subjects, onClose }: EntryDialogProps) {
  const { t } = useLingui();
  const { correct } = useExamMutations();
  const [hasZero, setZero] = useState(false);
  const before = marksOf(entry, subjects);
  const mine = subjects.filter(({ id }) => id in before);
  const form = useApiForm<EntryValues>({
    defaultValues: { marks: before, reason: "", confirm_zeros: false },
    submit: async ({ marks, ...rest }) => {
      const results = changedMarks(before, marks);
      if (results.length === 0) throw new ProblemError({ title: t`成绩没有变化。`, status: 409, code: "nothing_changed" });
      const path = { exam_id: examId, student_id: entry.student_id };
      await correct.mutateAsync({ path, body: { results, ...rest }, headers: ifMatch(entry.version) }).catch((error: unknown) => {
        const problem = toProblemError(error);
        if (problem.code === "zero_unconfirmed") setZero(true);
        const errors = problem.fields.map((field) => ({ ...field, pointer: fieldOf(field.pointer, results) }));
        throw new ProblemError({ ...problem.problem, errors }, problem.retryAfter);
      });
    },
    onDone: () => [notify(t`成绩已更正`), onClose()],
  });
  return (
    <Dialog
      title={t`更正成绩：${entry.student_name}`}
      onClose={onClose}
      footer={
        <>
          <Button variant="secondary" onPress={onClose}>
            <Trans>取消</Trans>
          </Button>
          <SubmitButton control={form.control} form="entry-correct">
            <Trans>保存更正</Trans>
          </SubmitButton>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <ApiFormBody form={form} id="entry-correct">
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
            {mine.map((subject) => (
              <TextInput
                key={subject.id}
                control={form.control}
                name={`marks.${subject.id}`}
                label={subject.subject}
                maxLength={20}
                description={subject.full_marks ? t`满分 ${formatNumber(subject.full_marks, 1)}` : subject.levels.join(" ")}
              />
            ))}
          </div>
          <p className="text-muted text-xs">{t`可填分数或等级，没考的填“缺考、缓考、免考、违纪”，留空表示没有成绩。`}</p>
          <TextInput control={form.control} name="reason" label={t`更正原因`} rows={2} isRequired maxLength={2000} />
          {hasZero && <CheckInput control={form.control} name="confirm_zeros" label={t`已核对：0 分确为 0 分，不是缺考`} />}
        </ApiFormBody>
        {entry.corrections > 0 && <EntryChanges examId={examId} studentId={entry.student_id} />}
      </div>
    </Dialog>
  );
}
