import { useLingui } from "@lingui/react/macro";
import type { FileResult } from "@/api";
import { formatNumber } from "@/lib/texts/format";
import { examStatusLabels } from "./labels";

/** A result in words: the score and its level, or 缺考 and the like; never a nought for who was not there. */
export function useResultWords(): (result: FileResult | undefined) => string {
  const { i18n } = useLingui();
  return (result) => {
    if (!result) return "—";
    const status = examStatusLabels[result.status];
    if (status) return i18n._(status);
    return [result.score !== null && formatNumber(result.score, 1), result.result_level].filter(Boolean).join(" ") || "—";
  };
}
