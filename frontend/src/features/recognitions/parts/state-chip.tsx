import { useLingui } from "@lingui/react/macro";
import { StatusChip } from "@/components/status-chip";
import { lapsedLabel, stateLabels, stateTones } from "./labels";

export function StateChip({ state }: { state: string }) {
  const { i18n } = useLingui();
  const label = state === "lapsed" ? lapsedLabel : stateLabels[state];
  return (
    <StatusChip tone={stateTones[state]} isSensitive>
      {label ? i18n._(label) : state}
    </StatusChip>
  );
}
