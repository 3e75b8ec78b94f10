import { useLingui } from "@lingui/react/macro";
import type { EvidenceRow, KindShown } from "@/api";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { DateInput } from "@/components/form/date-input";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { ifMatch } from "@/lib/http/if-match";
import { today } from "@/lib/texts/format";
import { type FactValue, fromFacts, toFacts } from "./entry-values";
import { FactFields } from "./fact-fields";
import { useEvidenceMutations } from "./queries";

export const CORRECT_FORM = "evidence-correct";

interface Values {
  observed_on: string;
  facts: Record<string, FactValue>;
  note: string;
  reason: string;
}

/** Correct the day, the facts and the words of a piece, and say why. */
export function CorrectForm({ evidence, kind, onDone }: { evidence: EvidenceRow; kind: KindShown; onDone: () => void }) {
  const { t } = useLingui();
  const { update } = useEvidenceMutations();
  const form = useApiForm<Values>({
    defaultValues: {
      observed_on: evidence.observed_on,
      facts: fromFacts(kind, evidence.facts),
      note: evidence.note ?? "",
      reason: "",
    },
    submit: ({ facts, note, ...rest }) =>
      update.mutateAsync({
        path: { evidence_id: evidence.id },
        body: { ...rest, facts: toFacts(kind, facts), note: note || null },
        headers: ifMatch(evidence.version),
      }),
    onDone: () => [notify(t`已更正`), onDone()],
  });
  return (
    <ApiFormBody form={form} id={CORRECT_FORM}>
      <DateInput control={form.control} name="observed_on" label={t`日期`} isRequired max={today()} className="max-w-52" />
      <FactFields control={form.control} path="facts" facts={kind.facts} />
      <TextInput control={form.control} name="note" label={t`看到和听到的`} rows={4} />
      <TextInput
        control={form.control}
        name="reason"
        label={t`更正原因`}
        rows={2}
        isRequired
        maxLength={2000}
        description={t`原来的内容会与更正原因一起保留。`}
      />
    </ApiFormBody>
  );
}
