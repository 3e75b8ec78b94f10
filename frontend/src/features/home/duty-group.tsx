import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { NotebookPen } from "lucide-react";
import type { Duty } from "@/api";
import { StatusChip } from "@/components/status-chip";
import { formatDay } from "@/lib/texts/format";
import { currentLocale } from "@/lib/texts/locale";
import { type Group, recordLink, sessionLink, studentsOf } from "./duty-groups";

const button =
  "inline-flex h-9 shrink-0 sm:h-8 items-center gap-1.5 rounded-md bg-default px-3 font-medium text-default-foreground text-sm hover:bg-accent-soft hover:text-accent-soft-foreground";

/** One line of the week: what, for whom, by when, why; several students open below it. */
export function DutyGroup({ group, today }: { group: Group; today: string }) {
  const { t } = useLingui();
  const isEnglish = currentLocale() === "en";
  const [first] = group.duties;
  if (!first) return null;
  const name = isEnglish ? first.closes_en : first.closes_zh;
  const cadence = isEnglish ? first.cadence_en : first.cadence_zh;
  const why = first.is_plan ? t`学生计划` : [first.clause, isEnglish ? first.en : first.zh, cadence].filter(Boolean).join(" · ");
  const many = sessionLink(group, today);
  const count = group.duties.length;
  const students = studentsOf(group);
  const head = (
    <span className="min-w-0 flex-1">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-sm">
        <span className="font-medium">{name}</span>
        <span data-sensitive>{count === 1 ? whose(first) : students ? t`${students} 名学生` : t`${count} 项`}</span>
        {group.isLate ? (
          <StatusChip tone="warning">{t`宽限中`}</StatusChip>
        ) : (
          group.due_on === today && <StatusChip tone="info">{t`今天`}</StatusChip>
        )}
      </span>
      <span className="mt-0.5 block text-muted text-xs">
        {group.isLate
          ? first.grace_until
            ? t`${formatDay(group.due_on)} 到期，宽限到 ${formatDay(first.grace_until)} · `
            : t`${formatDay(group.due_on)} 到期 · `
          : group.due_on !== today && t`${formatDay(group.due_on)} 前 · `}
        {why}
      </span>
    </span>
  );
  if (count === 1)
    return (
      <li className="flex items-center gap-3 border-separator border-b py-2.5 last:border-0">
        {head}
        <RecordLink duty={first} today={today} />
      </li>
    );
  return (
    <li className="border-separator border-b last:border-0">
      <details>
        <summary data-stop className="flex cursor-pointer items-center gap-3 rounded py-2.5 hover:bg-surface-secondary">
          {head}
          <span className="text-link text-xs">{t`展开`}</span>
        </summary>
        <ul className="mb-2 flex flex-col gap-1 border-separator border-l-2 pl-3">
          {many && (
            <li className="pb-1">
              <Link {...many} data-stop className={button}>
                <NotebookPen aria-hidden className="size-4" />
                {t`一次记录这 ${students} 名学生`}
              </Link>
            </li>
          )}
          {group.duties.map((duty) => (
            <li key={duty.id} className="flex items-center justify-between gap-3">
              <span data-sensitive className="text-sm">
                {whose(duty)}
              </span>
              <RecordLink duty={duty} today={today} />
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

function RecordLink({ duty, today }: { duty: Duty; today: string }) {
  const { t } = useLingui();
  const whom = whose(duty);
  return (
    <Link {...recordLink(duty, today)} data-stop className={button} aria-label={t`记录：${duty.closes_zh} ${whom}`}>
      <NotebookPen aria-hidden className="size-4" />
      {duty.kinds.some((kind) => kind.includes(".")) ? t`记录` : t`去办理`}
    </Link>
  );
}

const whose = (duty: Duty) => [duty.student_name, duty.class_name].filter(Boolean).join(" ");
