import { useLingui } from "@lingui/react/macro";
import type { StepShown } from "@/api";
import { StatusChip, type Tone } from "@/components/status-chip";
import { formatInstant } from "@/lib/texts/format";
import { outcomeLabels, stepLabels } from "./labels";

const tones: Record<string, Tone> = { agree: "success", continue: "success", decline: "danger", return: "warning", exit: "neutral" };

/** The decisions of a case in order: who, when, what and why. */
export function StepList({ steps }: { steps: StepShown[] }) {
  const { t, i18n } = useLingui();
  if (steps.length === 0) return <p className="text-muted text-sm">{t`尚未评议。`}</p>;
  const words = (labels: typeof stepLabels, key: string) => (labels[key] ? i18n._(labels[key]) : key);
  return (
    <ol className="flex flex-col gap-3">
      {steps.map((step) => (
        <li key={`${step.step}${step.decided_at}`} className="border-border border-l-2 pl-3 text-sm">
          <div className="flex flex-wrap items-center gap-2">
            <span className="font-medium">{words(stepLabels, step.step)}</span>
            <StatusChip tone={tones[step.outcome]}>{words(outcomeLabels, step.outcome)}</StatusChip>
          </div>
          <p className="mt-1" data-sensitive>
            {step.reason ?? t`理由不对您显示`}
          </p>
          <p className="mt-0.5 text-muted text-xs">
            {step.decided_by_name} · {formatInstant(step.decided_at)}
          </p>
        </li>
      ))}
    </ol>
  );
}
