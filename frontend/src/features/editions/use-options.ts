import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";
import type { Option } from "@/components/form/option";

/** A table of labels as the options of a field. */
export function useOptions(): (labels: Record<string, MessageDescriptor>) => Option[] {
  const { i18n } = useLingui();
  return (labels) => Object.entries(labels).map(([value, label]) => ({ value, label: i18n._(label) }));
}
