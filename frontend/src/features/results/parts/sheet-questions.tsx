import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { ChevronDown } from "lucide-react";
import type { SheetCandidate, SheetQuestion } from "@/api";
import { type Answers, placeOf } from "./sheet-answers";

interface SheetQuestionsProps {
  questions: SheetQuestion[];
  answers: Answers;
  onAnswer: (answers: Answers) => void;
  onCheck: () => void;
  isChecking: boolean;
}

const LEFT_OUT = "-";

/** Rows whose student is not certain: a person says whom each means, or leaves it out; then the sheet is checked again. */
export function SheetQuestions({ questions, answers, onAnswer, onCheck, isChecking }: SheetQuestionsProps) {
  const { t } = useLingui();
  const open = questions.filter((question) => answers[placeOf(question)] === undefined).length;
  const named = ({ name, class_name, student_number }: SheetCandidate) =>
    [name, class_name, student_number && t`学号 ${student_number}`].filter(Boolean).join(" · ");
  return (
    <section aria-label={t`需要您确认的行`} className="flex flex-col gap-3 rounded-lg border border-border p-3">
      <div>
        <h3 className="font-medium text-sm">{t`这些行指的是谁？`}</h3>
        <p className="text-muted text-xs">{t`姓名相同、号码对不上或名册里没有的行，请逐一确认；不导入的行不会写入任何内容。`}</p>
      </div>
      <ul className="flex max-h-96 flex-col divide-y divide-border overflow-auto">
        {questions.map((question) => {
          const place = placeOf(question);
          const id = `answer-${place}`;
          const value = answers[place];
          return (
            <li key={place} className="grid items-center gap-x-4 gap-y-1 py-2 sm:grid-cols-[1fr_20rem]">
              <label htmlFor={id} className="min-w-0 text-sm">
                <span className="font-medium">{question.name || t`（没有姓名）`}</span>
                <span className="ml-2 text-muted text-xs">{t`“${question.sheet}”第 ${question.line} 行`}</span>
                <span className="block text-muted text-xs">{question.message}</span>
              </label>
              <span className="relative">
                <select
                  id={id}
                  value={value === undefined ? "" : (value ?? LEFT_OUT)}
                  onChange={({ target }) => {
                    const { [place]: _, ...others } = answers;
                    const chosen = target.value === LEFT_OUT ? null : target.value;
                    onAnswer(target.value === "" ? others : { ...others, [place]: chosen });
                  }}
                  className="input w-full cursor-pointer appearance-none truncate pr-9"
                >
                  <option value="">{t`请选择`}</option>
                  {question.candidates.map((one) => (
                    <option key={one.id} value={one.id} className="bg-overlay text-foreground">
                      {named(one)}
                    </option>
                  ))}
                  <option value={LEFT_OUT} className="bg-overlay text-foreground">
                    {t`不导入这一行`}
                  </option>
                </select>
                <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted" />
              </span>
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap items-center justify-end gap-3">
        <span className="text-muted text-xs" role="status">
          {open > 0 ? t`还有 ${open} 行没有确认` : t`已全部确认`}
        </span>
        <Button size="sm" variant="secondary" onPress={onCheck} isDisabled={open === questions.length} isPending={isChecking}>
          <Trans>按确认结果重新核对</Trans>
        </Button>
      </div>
    </section>
  );
}
