import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Term, Terms } from "@/api";
import { notify, notifyError } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { classLabel, groundLabels } from "./labels";
import { useTermMutations } from "./queries";
import { TermDialog } from "./term-dialog";
import { useTermWords } from "./use-term-words";

/** How long each class is kept; another term needs a second person. */
export function TermsCard({ terms }: { terms: Terms }) {
  const { t } = useLingui();
  const [changing, setChanging] = useState<Term | null>(null);
  return (
    <SectionCard title={t`保存期限`} description={t`学校可以在规定范围内调整，由另一人审核后生效。`}>
      <ul className="flex flex-col">
        {terms.items.map((term) => (
          <TermLine key={term.data_class} term={term} mayApprove={terms.may_approve} onChange={() => setChanging(term)} />
        ))}
      </ul>
      {changing && <TermDialog term={changing} onClose={() => setChanging(null)} />}
    </SectionCard>
  );
}

function TermLine({ term, mayApprove, onChange }: { term: Term; mayApprove: boolean; onChange: () => void }) {
  const { t, i18n } = useLingui();
  const words = useTermWords();
  const isFixed = term.choices.length === 1 && term.choices[0] === "keep";
  return (
    <li className="grid grid-cols-[1fr_auto] items-start gap-2 border-separator border-b py-2 text-sm last:border-b-0">
      <div className="min-w-0">
        <p>
          <span className="font-medium">{classLabel(term.data_class, i18n)}</span>
          <span className="ml-3">{words(term)}</span>
        </p>
        <p className="text-muted text-xs">
          {term.approved_at ? t`本校决定（${term.approved_by_name ?? "—"} 审核）：${term.reason ?? ""}` : i18n._(groundLabels[term.ground])}
        </p>
        {term.proposal && <Waiting term={term} proposal={term.proposal} mayApprove={mayApprove} />}
      </div>
      {!isFixed && !term.proposal && (
        <PlainButton size="sm" variant="tertiary" onClick={onChange} aria-label={t`调整${classLabel(term.data_class, i18n)}的保存期限`}>
          <Trans>调整</Trans>
        </PlainButton>
      )}
    </li>
  );
}

function Waiting({ term, proposal, mayApprove }: { term: Term; proposal: NonNullable<Term["proposal"]>; mayApprove: boolean }) {
  const { t } = useLingui();
  const words = useTermWords();
  const { approve, withdraw } = useTermMutations();
  const path = { term_id: proposal.id };
  const done = (text: string) => () => void notify(text);
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2 rounded-lg bg-warning-soft px-3 py-2 text-warning-soft-foreground">
      <span className="min-w-0">
        {t`待审核：${words({ ...term, ...proposal })}（${proposal.created_by_name ?? "—"} 提出：${proposal.reason}）`}
      </span>
      {mayApprove && !proposal.is_own && (
        <PlainButton size="sm" onClick={() => void approve.mutateAsync({ path }).then(done(t`新的期限已生效`)).catch(notifyError)}>
          <Trans>同意</Trans>
        </PlainButton>
      )}
      <PlainButton
        size="sm"
        variant="tertiary"
        onClick={() => void withdraw.mutateAsync({ path }).then(done(t`已撤回，原期限不变`)).catch(notifyError)}
      >
        {proposal.is_own ? <Trans>撤回</Trans> : <Trans>不同意</Trans>}
      </PlainButton>
    </div>
  );
}
