import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { plusMonths } from "./months";

interface MonthNavProps {
  year: number;
  /** 2026-10 while one month is shown in large. */
  month?: string;
}

/** Backwards, onwards, and from the month to its year. */
export function MonthNav({ year, month }: MonthNavProps) {
  const { t } = useLingui();
  const to = (step: number) => (month ? { month: plusMonths(month, step) } : { year: year + step });
  const look = "button button--secondary button--sm";
  return (
    <>
      <Link to="/calendar" search={to(-1)} className={`${look} button--icon-only`} aria-label={month ? t`上个月` : t`上一学年`}>
        <ChevronLeft aria-hidden />
      </Link>
      <Link to="/calendar" search={to(1)} className={`${look} button--icon-only`} aria-label={month ? t`下个月` : t`下一学年`}>
        <ChevronRight aria-hidden />
      </Link>
      {month && (
        <Link to="/calendar" search={{ year }} className={look}>
          <Trans>看全年</Trans>
        </Link>
      )}
    </>
  );
}
