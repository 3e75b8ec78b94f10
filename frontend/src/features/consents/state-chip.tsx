import { useLingui } from "@lingui/react/macro";
import type { PurposeState } from "@/api";
import { StatusChip } from "@/components/status-chip";
import { stateLabels } from "./labels";

/** How a purpose stands, in a word. */
export function StateChip({ state }: { state: PurposeState["state"] }) {
  const { i18n } = useLingui();
  const { label, tone } = stateLabels[state];
  return <StatusChip tone={tone}>{i18n._(label)}</StatusChip>;
}
