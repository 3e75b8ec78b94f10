import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { NoticeShown } from "@/api";
import { notifyError } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { StatusChip } from "@/components/status-chip";
import { formatDay, formatInstant } from "@/lib/texts/format";
import { useNoticeMutations } from "./queries";

/** One notice: what, since when, and where to go on. */
export function NoticeLine({ notice }: { notice: NoticeShown }) {
  const { t } = useLingui();
  const { read, unread } = useNoticeMutations();
  const path = { notice_id: notice.id };
  const isUnread = !(notice.read_at || notice.settled_at);
  const mark = () => void (isUnread ? read : unread).mutateAsync({ path }).catch(notifyError);
  const day = formatDay(notice.day);
  const { count } = notice;
  const clause = notice.clause?.startsWith("plan.") ? t`学生计划的措施` : notice.clause;
  const words = {
    due: t`${clause}：您有 ${count} 项要办，${day} 前完成`,
    overdue: t`${clause}：${count} 项已过 ${day} 的期限，还没有记录`,
    missed: t`${clause}：${count} 项过了 ${day} 的宽限，仍未办`,
    week_of_class: t`${notice.class_name}：${day} 起一周，每日和每周的事项有 ${count} 项未办`,
    week_of_school: t`全校：${day} 起一周，每日和每周的事项有 ${count} 项未办`,
  }[notice.kind];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-separator border-b py-3 last:border-0">
      <span className="min-w-0 flex-1 basis-64">
        <NoticeLink notice={notice} className={`text-sm hover:text-link hover:underline ${isUnread ? "font-medium" : "text-muted"}`}>
          {words}
        </NoticeLink>
        <span className="mt-0.5 flex items-center gap-2 text-muted text-xs">
          {formatInstant(notice.told_at)}
          {notice.settled_at && <StatusChip>{t`已了结`}</StatusChip>}
        </span>
      </span>
      {!notice.settled_at && (
        <PlainButton size="sm" variant="ghost" onClick={mark}>
          {isUnread ? t`标为已读` : t`标为未读`}
        </PlainButton>
      )}
    </li>
  );
}

function NoticeLink({ notice, className, children }: { notice: NoticeShown; className: string; children: string }) {
  if (notice.kind === "due" || !notice.clause)
    return notice.kind === "due" ? (
      <Link to="/" className={className}>
        {children}
      </Link>
    ) : (
      <Link to="/compliance" search={{ class: notice.class_id ?? undefined, on: notice.day }} className={className}>
        {children}
      </Link>
    );
  return (
    <Link
      to="/compliance/$clause"
      params={{ clause: notice.clause }}
      search={{ on: notice.day, state: notice.kind === "overdue" ? ["in_grace", "missed"] : ["missed"] }}
      className={className}
    >
      {children}
    </Link>
  );
}
