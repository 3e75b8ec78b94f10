import { useLingui } from "@lingui/react/macro";
import type { ExamChangeShown } from "@/api";
import { formatDay, formatInstant } from "@/lib/texts/format";
import { type ExamKind, kindLabels } from "./labels";
import { useExamChanges } from "./queries";

interface OldSubject {
  subject: string;
  full_marks: number | null;
  level_scheme: string | null;
}

/** What an exam was before each change: nothing where nothing was changed. */
export function ExamChanges({ examId }: { examId: string }) {
  const { t, i18n } = useLingui();
  const changes = useExamChanges(examId).data?.items ?? [];
  if (changes.length === 0) return null;
  const scale = ({ subject, full_marks, level_scheme }: OldSubject) =>
    `${subject} ${[full_marks, level_scheme].filter((one) => one !== null).join(" ")}`;
  const words: Record<string, (value: unknown) => string> = {
    name: (value) => t`原名称 ${String(value)}`,
    kind: (value) => t`原类型 ${i18n._(kindLabels[value as ExamKind])}`,
    held_on: (value) => t`原日期 ${formatDay(String(value))}`,
    subjects: (value) => t`原科目 ${(value as OldSubject[]).map(scale).join(t`、`)}`,
  };
  const said = ({ before }: ExamChangeShown) => Object.entries(before).map(([name, value]) => words[name]?.(value) ?? "");
  return (
    <section aria-label={t`更改记录`} className="flex flex-col gap-2">
      <h3 className="font-medium text-sm">{t`更改记录`}</h3>
      <ol className="flex flex-col gap-3 text-sm">
        {changes.map((change) => (
          <li key={change.changed_at} className="border-border border-l-2 pl-3">
            <p className="text-muted text-xs">{[formatInstant(change.changed_at), change.changed_by].filter(Boolean).join(" · ")}</p>
            <p>{said(change).join("；")}</p>
            {change.reason && <p className="break-words">{t`原因：${change.reason}`}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
