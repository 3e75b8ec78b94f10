import { useLingui } from "@lingui/react/macro";
import { StatusChip } from "@/components/status-chip";
import { stateLabels, stateTones } from "./labels";

export function StateChip({ state }: { state: string }) {
  const { i18n } = useLingui();
  const label = stateLabels[state];
  return (
    <StatusChip tone={stateTones[state]} isSensitive>
      {label ? i18n._(label) : state}
    </StatusChip>
  );
}
