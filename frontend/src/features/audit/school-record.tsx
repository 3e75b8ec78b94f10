import { useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { SchoolEntry } from "@/api";
import { AuditFilters } from "./audit-filters";
import { EntryListing } from "./entry-listing";
import { useSchoolRecord } from "./queries";

const route = getRouteApi("/staff/audit");

/** Midnight of a day, or of the next one, where the reader is. */
const midnight = (day: string | undefined, later = 0) => {
  if (!day) return undefined;
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + later);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};

/** Everything that was seen and changed in the school, narrowed by day, person and kind. */
export function SchoolRecord() {
  const { t } = useLingui();
  const { from, to, account, action } = route.useSearch();
  const record = useSchoolRecord({ since: midnight(from), until: midnight(to, 1), account_id: account, action });
  const isNarrowed = !!(from || to || account || action);
  return (
    <section aria-label={t`全校记录`} className="mt-5">
      <AuditFilters />
      <div className="overflow-hidden rounded-lg bg-surface shadow-surface">
        <EntryListing
          query={record}
          level={2}
          about={(entry) => <About entry={entry} />}
          empty={{
            title: isNarrowed ? t`没有符合条件的记录` : t`还没有记录`,
            note: isNarrowed ? t`放宽日期，或去掉一个条件再看。` : t`有人查看受保护的资料或修改学生资料后，会列在这里。`,
          }}
        />
      </div>
    </section>
  );
}

function About({ entry }: { entry: SchoolEntry }) {
  const { t } = useLingui();
  if (entry.student_id)
    return (
      <Link
        to="/students/$studentId/access"
        params={{ studentId: entry.student_id }}
        className="whitespace-nowrap text-link text-xs underline underline-offset-2"
      >
        {entry.student_name ?? t`这名学生的记录`}
      </Link>
    );
  return entry.students > 0 ? <span className="whitespace-nowrap text-muted text-xs">{t`涉及 ${entry.students} 名学生`}</span> : null;
}
