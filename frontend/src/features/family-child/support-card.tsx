import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { SupportGiven } from "@/api/types.gen";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { formatDay, formatNumber } from "@/lib/texts/format";
import { kindLabels } from "./parts/labels";

const SHOWN_AT_FIRST = 5;

/** What was done, and when; the latest few at first. */
export function SupportCard({ support }: { support: SupportGiven[] }) {
  const { t, i18n } = useLingui();
  const [isWhole, setWhole] = useState(false);
  if (support.length === 0) return null;
  const rows = isWhole ? support : support.slice(0, SHOWN_AT_FIRST);
  const count = formatNumber(support.length);
  return (
    <SectionCard title={t`已经做的`}>
      <ul>
        {rows.map((one, index) => (
          <li
            key={`${one.held_on}-${one.kind}-${index}`}
            className="flex justify-between gap-3 border-separator border-b py-2 last:border-b-0"
          >
            <span>{i18n._(kindLabels[one.kind])}</span>
            <span className="tnum shrink-0 text-muted">{formatDay(one.held_on)}</span>
          </li>
        ))}
      </ul>
      {support.length > SHOWN_AT_FIRST && (
        <PlainButton variant="ghost" className="mt-1" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? <Trans>收起</Trans> : <Trans>全部 {count} 次</Trans>}
        </PlainButton>
      )}
    </SectionCard>
  );
}
