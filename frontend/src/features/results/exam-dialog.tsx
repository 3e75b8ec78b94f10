import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { Plus, X } from "lucide-react";
import { useFieldArray } from "react-hook-form";
import type { ExamInput, ExamRow } from "@/api";
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
import { useMe } from "@/lib/session/session-store";
import { today } from "@/lib/texts/format";
import { gradeName, gradesOf } from "@/lib/texts/grade-name";
import { ExamChanges } from "./exam-changes";
import { type ExamKind, examKinds, kindLabels } from "./labels";
import { useExamMutations, useLevelSchemes } from "./queries";

interface Values {
  grade: string;
  kind: ExamKind;
  name: string;
  held_on: string;
  subjects: { subject: string; full_marks: number | null; level_scheme: string | null }[];
  reason: string;
}

const NO_SCHEME = "-";

/** A new exam of one grade, or a change of one: its subjects with full marks, or levels only. Once there are results, the reason is asked. */
export function ExamDialog({ exam, onClose }: { exam?: ExamRow; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const me = useMe();
  const navigate = useNavigate();
  const schemes = useLevelSchemes();
  const { create, update } = useExamMutations();
  const grades = gradesOf(me.school);
  const form = useApiForm<Values>({
    defaultValues: {
      grade: String(exam?.grade ?? grades.at(-1)),
      kind: exam?.kind ?? "midterm",
      name: exam?.name ?? t`期中考试`,
      held_on: exam?.held_on ?? today(),
      subjects:
        exam?.subjects.map((one) => ({ ...one, level_scheme: one.level_scheme ?? NO_SCHEME })) ??
        ["语文", "数学", "英语"].map((subject) => ({ subject, full_marks: 100, level_scheme: NO_SCHEME })),
      reason: "",
    },
    submit: async ({ grade, subjects, reason, ...rest }) => {
      const scale = subjects.map(({ subject, full_marks, level_scheme }) => ({
        subject,
        full_marks,
        level_scheme: level_scheme === NO_SCHEME ? null : level_scheme,
      }));
      if (exam) {
        const body = { ...rest, subjects: scale, reason: reason || null };
        await update.mutateAsync({ path: { exam_id: exam.id }, body, headers: ifMatch(exam.version) });
        notify(t`考试已更改`);
        return onClose();
      }
      const body: ExamInput = { ...rest, grade: Number(grade), subjects: scale };
      const made = await create.mutateAsync({ body });
      notify(t`考试已建立`);
      onClose();
      await navigate({ to: "/results/$examId", params: { examId: made.id } });
    },
  });
  const { fields, append, remove } = useFieldArray({ control: form.control, name: "subjects" });
  const isLevelsOnly = Number(form.watch("grade")) <= 2;
  const schemeOptions = [
    { value: NO_SCHEME, label: t`不设等级` },
    ...(schemes.data?.items ?? []).map(({ name, levels }) => ({
      value: name,
      label: name,
      note: levels.map(({ level }) => level).join(" · "),
    })),
  ];
  return (
    <Dialog
      title={exam ? t`更改考试` : t`新建考试`}
      size="lg"
      onClose={onClose}
      footer={
        <>
          <Button variant="secondary" onPress={onClose}>
            <Trans>取消</Trans>
          </Button>
          <SubmitButton control={form.control} form="new-exam">
            {exam ? t`保存更改` : t`建立`}
          </SubmitButton>
        </>
      }
    >
      <ApiFormBody form={form} id="new-exam">
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectInput
            control={form.control}
            name="grade"
            label={t`年级`}
            isDisabled={!!exam}
            options={grades.map((grade) => ({ value: String(grade), label: gradeName(grade, i18n) }))}
          />
          <SelectInput
            control={form.control}
            name="kind"
            label={t`类型`}
            options={examKinds.map((value) => ({ value, label: i18n._(kindLabels[value]) }))}
          />
          <TextInput control={form.control} name="name" label={t`名称`} isRequired />
          <DateInput control={form.control} name="held_on" label={t`考试日期`} isRequired />
        </div>
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-2 font-medium text-sm">{t`科目`}</legend>
          {isLevelsOnly && <p className="text-muted text-xs">{t`一、二年级不进行纸笔考试：请清空满分并选择等级方案。`}</p>}
          {fields.map((field, index) => (
            <div key={field.id} className="grid grid-cols-[1fr_1fr_auto] items-end gap-2 sm:grid-cols-[1fr_8rem_1fr_auto]">
              <TextInput control={form.control} name={`subjects.${index}.subject`} label={t`科目`} isRequired />
              <NumberInput control={form.control} name={`subjects.${index}.full_marks`} label={t`满分`} min={1} max={1000} />
              <SelectInput
                control={form.control}
                name={`subjects.${index}.level_scheme`}
                label={t`等级方案`}
                options={schemeOptions}
                className="max-sm:col-span-2 max-sm:row-start-2"
              />
              <Button isIconOnly variant="ghost" aria-label={t`去掉这一科`} isDisabled={fields.length === 1} onPress={() => remove(index)}>
                <X aria-hidden />
              </Button>
            </div>
          ))}
          <Button
            size="sm"
            variant="secondary"
            className="self-start"
            onPress={() => append({ subject: "", full_marks: isLevelsOnly ? null : 100, level_scheme: NO_SCHEME })}
          >
            <Plus aria-hidden />
            <Trans>加一科</Trans>
          </Button>
        </fieldset>
        {exam && exam.students > 0 && (
          <TextInput
            control={form.control}
            name="reason"
            label={t`更改原因`}
            rows={2}
            isRequired
            maxLength={2000}
            description={t`已有 ${exam.students} 名学生的成绩：原来的设置会与原因一起保留，等级和五分段随之重新计算。`}
          />
        )}
        {exam && <ExamChanges examId={exam.id} />}
      </ApiFormBody>
    </Dialog>
  );
}
