import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { StudentCompared } from "@/api/types.gen";
import { formatDay } from "@/lib/texts/format";
import { studentStatusLabels } from "./labels";

/** One of two records that may be one pupil, with what tells two pupils apart. */
export function ComparedStudent({ student }: { student: StudentCompared }) {
  const { t, i18n } = useLingui();
  const status = studentStatusLabels[student.status];
  const about = [student.class_name, formatDay(student.birth_on), status && i18n._(status)];
  const numbers = [
    student.student_number && t`学号 ${student.student_number}`,
    student.identity_tail && t`证件尾号 ${student.identity_tail}`,
    student.registration_tail && t`学籍号尾号 ${student.registration_tail}`,
    student.guardians.length > 0 && t`监护人 ${student.guardians.join(t`、`)}`,
  ];
  return (
    <span className="flex flex-col whitespace-normal py-1.5">
      <span className="flex flex-wrap items-baseline gap-x-2">
        {student.status === "merged" ? (
          <span>{student.name}</span>
        ) : (
          <Link to={`/students/${student.id}` as "/"} className="text-link hover:underline">
            {student.name}
          </Link>
        )}
        <span className="font-normal text-muted text-xs">{about.filter(Boolean).join(" · ")}</span>
      </span>
      <span className="font-normal text-muted text-xs">{numbers.filter(Boolean).join(" · ")}</span>
    </span>
  );
}
