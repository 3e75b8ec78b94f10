import { useLingui } from "@lingui/react/macro";
import { CalendarClock, TriangleAlert } from "lucide-react";
import { StatusChip } from "@/components/status-chip";

interface TermChipProps {
  daysLeft: number;
  isOverdue: boolean;
}

/** How long the school still has to answer; over the term in a word, not by colour alone. */
export function TermChip({ daysLeft, isOverdue }: TermChipProps) {
  const { t } = useLingui();
  const over = -daysLeft;
  if (isOverdue) return <StatusChip tone="danger" icon={TriangleAlert}>{t`已超期 ${over} 天`}</StatusChip>;
  return (
    <StatusChip tone={daysLeft <= 3 ? "warning" : "neutral"} icon={CalendarClock}>
      {daysLeft === 0 ? t`今天到期` : t`还剩 ${daysLeft} 天`}
    </StatusChip>
  );
}
