import { useLingui } from "@lingui/react/macro";
import type { Check } from "@/api";
import { StatusChip } from "@/components/status-chip";
import { formatInstant, formatNumber } from "@/lib/texts/format";

/** Earlier verifications: a sound one today does not undo what an earlier one found. */
export function CheckHistory({ checks }: { checks: Check[] }) {
  const { t } = useLingui();
  const unsound = checks.slice(1).filter(({ findings }) => findings.length > 0).length;
  return (
    <details className="text-sm">
      <summary className="inline-flex cursor-pointer items-center gap-2 rounded text-link text-xs hover:underline">
        {t`最近 ${formatNumber(checks.length)} 次核验`}
        {unsound > 0 && <StatusChip tone="danger">{t`其中 ${formatNumber(unsound)} 次发现问题`}</StatusChip>}
      </summary>
      <ul className="mt-1.5 divide-y divide-separator/70">
        {checks.map(({ id, checked_at, entries, seals, findings }) => (
          <li key={id} className="tnum flex flex-wrap items-center gap-x-4 gap-y-0.5 py-1.5">
            <span className="min-w-40">{formatInstant(checked_at)}</span>
            <StatusChip tone={findings.length === 0 ? "success" : "danger"}>
              {findings.length === 0 ? t`完好` : t`${formatNumber(findings.length)} 处问题`}
            </StatusChip>
            <span className="text-muted text-xs">{t`${formatNumber(entries)} 条记录，${formatNumber(seals)} 个封印`}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
