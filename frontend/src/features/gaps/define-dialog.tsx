import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { SupportGapKind } from "@/api";
import { Dialog } from "@/components/dialog";
import { PlainButton } from "@/components/plain-button";
import { currentLocale } from "@/lib/texts/locale";
import { DefineForm } from "./define-form";

/** What the school looks for: which kinds, after how many days, under which percent. */
export function DefineDialog({ kinds, onClose }: { kinds: SupportGapKind[]; onClose: () => void }) {
  const { t } = useLingui();
  const [name, setName] = useState(kinds[0]?.kind);
  const chosen = kinds.find(({ kind }) => kind === name);
  const isEnglish = currentLocale() === "en";
  return (
    <Dialog title={t`设定待补环节的口径`} onClose={onClose}>
      <fieldset className="mb-4 flex flex-wrap gap-1.5">
        <legend className="sr-only">
          <Trans>种类</Trans>
        </legend>
        {kinds.map((one) => (
          <PlainButton
            key={one.kind}
            size="sm"
            variant={one.kind === name ? "primary" : "secondary"}
            aria-pressed={one.kind === name}
            onClick={() => setName(one.kind)}
          >
            {isEnglish ? one.en : one.zh}
          </PlainButton>
        ))}
      </fieldset>
      {chosen && <DefineForm key={`${chosen.kind} ${chosen.version}`} chosen={chosen} onDone={onClose} />}
    </Dialog>
  );
}
