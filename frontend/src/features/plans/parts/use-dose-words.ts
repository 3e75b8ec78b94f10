import { useLingui } from "@lingui/react/macro";
import { formatNumber } from "@/lib/texts/format";
import { type Per, perLabels } from "./labels";

/** 每周 2 次，每次 40 分钟. */
export function useDoseWords() {
  const { t, i18n } = useLingui();
  return (dose: { times: number | null; per: Per; minutes: number | null }) => {
    const often = t`${i18n._(perLabels[dose.per])} ${formatNumber(dose.times, 1)} 次`;
    return dose.minutes ? t`${often}，每次 ${dose.minutes} 分钟` : often;
  };
}
