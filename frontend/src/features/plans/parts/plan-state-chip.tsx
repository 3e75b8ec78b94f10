import { useLingui } from "@lingui/react/macro";
import { StatusChip } from "@/components/status-chip";
import { type PlanState, planStates } from "./labels";

export function PlanStateChip({ state }: { state: PlanState }) {
  const { i18n } = useLingui();
  return <StatusChip tone={planStates[state].tone}>{i18n._(planStates[state].label)}</StatusChip>;
}
