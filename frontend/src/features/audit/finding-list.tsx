import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CheckFinding } from "@/api";
import { formatNumber } from "@/lib/texts/format";
import { problemLabels } from "./labels";

const SHOWN = 10;

/** What is not as it was sealed, each with the entry's id, so that it can be looked for in a backup. */
export function FindingList({ findings }: { findings: CheckFinding[] }) {
  const { t, i18n } = useLingui();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? findings : findings.slice(0, SHOWN);
  return (
    <section aria-label={t`发现的问题`} className="rounded-md border border-danger/40 px-3 py-2 text-sm">
      <ul className="divide-y divide-separator/70">
        {shown.map(({ problem, seal, entry_id }, index) => (
          <li key={`${problem}:${seal}:${entry_id ?? index}`} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-1.5">
            <span className="font-medium text-danger-soft-foreground">{i18n._(problemLabels[problem])}</span>
            {seal > 0 && <span className="tnum text-muted text-xs">{t`第 ${seal} 号封印`}</span>}
            {entry_id && <code className="break-all font-mono text-muted text-xs">{t`记录 ${entry_id}`}</code>}
          </li>
        ))}
      </ul>
      {findings.length > shown.length && (
        <button type="button" onClick={() => setWhole(true)} className="my-1 cursor-pointer rounded text-link text-xs hover:underline">
          {t`显示全部 ${formatNumber(findings.length)} 处`}
        </button>
      )}
      <p className="py-1.5 text-muted text-xs">{t`请先不要恢复或清理数据库：用备份核对上面的记录，查清前向上级报告。`}</p>
    </section>
  );
}
