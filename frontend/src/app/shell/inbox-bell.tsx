import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bell } from "lucide-react";
import { inboxListOptions } from "@/api/@tanstack/react-query.gen";
import { useQuiet } from "@/lib/http/when-quiet";
import { formatNumber } from "@/lib/texts/format";

/** How many notices are unread; leads to them. Looks once a minute, the page itself follows live. */
export function InboxBell() {
  const { t } = useLingui();
  const isQuiet = useQuiet();
  const { data } = useQuery({
    ...inboxListOptions({ query: { unread: true, limit: 1 } }),
    enabled: isQuiet,
    refetchInterval: 60_000,
    staleTime: 30_000,
  });
  const unread = data?.unread ?? 0;
  const words = unread > 0 ? t`消息：${unread} 条未读` : t`消息`;
  return (
    <Link
      to="/inbox"
      aria-label={words}
      title={words}
      className="relative grid size-8 shrink-0 place-items-center rounded-lg text-foreground hover:bg-default"
    >
      <Bell aria-hidden className="size-4" />
      {unread > 0 && (
        <span
          aria-hidden
          className="tnum absolute -top-0.5 -right-0.5 min-w-4 rounded-full bg-accent px-1 text-center font-medium text-[0.625rem] text-accent-foreground leading-4"
        >
          {unread > 99 ? "99+" : formatNumber(unread)}
        </span>
      )}
    </Link>
  );
}
