import { useLingui } from "@lingui/react/macro";
import type { MeasureKindShown } from "@/api";
import { useKinds } from "@/features/interventions/parts/use-kinds";
import type { Dimension } from "../parts/labels";
import { useDoseWords } from "../parts/use-dose-words";

/** Adds a measure: the kinds of the programme that fit the dimension, with their usual dose. A native list, quick by keyboard. */
export function KindPicker({ dimension, onPick }: { dimension: Dimension; onPick: (kind: MeasureKindShown) => void }) {
  const { t } = useLingui();
  const { offered, kindOf, words } = useKinds();
  const doseWords = useDoseWords();
  const fitting = offered.filter((kind) => kind.dimension === dimension || kind.fits_every_need);
  return (
    <select
      aria-label={t`添加措施`}
      value=""
      onChange={(event) => {
        const kind = kindOf(event.target.value);
        if (kind) onPick(kind);
      }}
      className="mt-2 h-8 max-w-full cursor-pointer rounded-md border border-field-border border-dashed bg-field-background px-2 text-sm"
    >
      <option value="">{t`＋ 添加措施…`}</option>
      {fitting.map((kind) => (
        <option key={kind.code} value={kind.code}>
          {`${kind.clauses[0]} ${words(kind, kind.code)}（${doseWords(kind.dose)}）`}
        </option>
      ))}
    </select>
  );
}
