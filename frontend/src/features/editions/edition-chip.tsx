import { useLingui } from "@lingui/react/macro";
import type { EditionRow } from "@/api";
import { StatusChip } from "@/components/status-chip";
import { stateLabels } from "./labels";

/** Where an edition stands; the one in force today says so, whatever follows it. */
export function EditionChip({ edition }: { edition: EditionRow }) {
  const { t, i18n } = useLingui();
  if (edition.is_in_force) return <StatusChip tone="success">{t`执行中`}</StatusChip>;
  const { label, tone } = stateLabels[edition.state];
  return <StatusChip tone={tone}>{i18n._(label)}</StatusChip>;
}
