import { useLingui } from "@lingui/react/macro";
import { LoaderCircle, type LucideIcon, ShieldAlert, ShieldCheck, ShieldQuestion } from "lucide-react";
import { useEffect, useState } from "react";
import type { Check } from "@/api";
import { formatInstant, formatNumber } from "@/lib/texts/format";

const LATE_MS = 60_000;

interface CheckStatusProps {
  last: Check | undefined;
  waiting: Check | undefined;
}

/** The last verification in one sentence, and whether another is under way; spoken when it changes. */
export function CheckStatus({ last, waiting }: CheckStatusProps) {
  const { t } = useLingui();
  const isLate = useIsLate(waiting?.requested_at);
  const [icon, tone, title]: [LucideIcon, string, string] = !last
    ? [ShieldQuestion, "bg-default text-default-foreground", t`还没有核验过`]
    : last.findings.length === 0
      ? [ShieldCheck, "bg-success-soft text-success-soft-foreground", t`完好：没有发现改动、删除、插入或截断`]
      : [ShieldAlert, "bg-danger-soft text-danger-soft-foreground", t`不完好：发现 ${formatNumber(last.findings.length)} 处问题`];
  const Icon = icon;
  return (
    <div className="flex items-start gap-3">
      <span className={`grid size-10 shrink-0 place-items-center rounded-xl ${tone}`}>
        <Icon aria-hidden className="size-5" />
      </span>
      <div role="status" className="min-w-0">
        <p className="font-semibold text-[0.9375rem] leading-6">{title}</p>
        <p className="tnum text-muted text-sm">
          {last
            ? t`${formatInstant(last.checked_at)} 核验，共 ${formatNumber(last.entries)} 条记录、${formatNumber(last.seals)} 个封印`
            : t`点“立即核验”，几秒后就有结果。`}
        </p>
        {waiting && (
          <p className="mt-1 flex items-center gap-1.5 text-sm">
            {isLate ? null : <LoaderCircle aria-hidden className="size-4 animate-spin text-muted" />}
            {isLate ? t`等了一分多钟还没有结果。请管理员看看后台任务是否在运行。` : t`正在核验，几秒后就有结果。`}
          </p>
        )}
      </div>
    </div>
  );
}

/** Whether somebody has been waiting for so long that the background work cannot be running. */
function useIsLate(since: string | undefined): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!since) return;
    const timer = setTimeout(() => setLate(true), Math.max(0, Date.parse(since) + LATE_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [since]);
  return isLate;
}
