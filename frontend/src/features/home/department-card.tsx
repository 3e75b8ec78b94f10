import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { SectionCard } from "@/components/section-card";
import { StatusChip } from "@/components/status-chip";
import { currentLocale } from "@/lib/texts/locale";
import { useMyWeek } from "./queries";

/** The clauses that my department answers for, as they stand this week; each opens the very occurrences. */
export function DepartmentCard() {
  const { t } = useLingui();
  const { data } = useMyWeek();
  if (!data || data.department.length === 0) return null;
  const isEnglish = currentLocale() === "en";
  return (
    <SectionCard
      title={t`本部门的条款`}
      description={t`本周到期的情况`}
      actions={
        <Link to="/compliance" className="text-link text-sm hover:underline">
          {t`落实情况`}
        </Link>
      }
    >
      <ul className="flex flex-col">
        {data.department.map((line) => (
          <li
            key={line.clause}
            className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 border-separator border-b py-2 text-sm last:border-0"
          >
            <Link
              to="/compliance/$clause"
              params={{ clause: line.clause }}
              search={{ week: data.begin }}
              className="min-w-0 flex-1 hover:text-link hover:underline"
            >
              <span className="tnum mr-2 font-medium">{line.clause}</span>
              {isEnglish ? line.en : line.zh}
            </Link>
            <span className="flex flex-wrap gap-1.5">
              {line.missed > 0 && <StatusChip tone="danger">{t`未办 ${line.missed}`}</StatusChip>}
              {line.in_grace > 0 && <StatusChip tone="warning">{t`宽限中 ${line.in_grace}`}</StatusChip>}
              {line.due > 0 && <StatusChip tone="info">{t`待办 ${line.due}`}</StatusChip>}
              {line.done > 0 && <StatusChip tone="success">{t`已办 ${line.done}`}</StatusChip>}
            </span>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}
