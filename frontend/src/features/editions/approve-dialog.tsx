import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import type { ApprovalInput, EditionShown } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { DateInput } from "@/components/form/date-input";
import { SubmitButton } from "@/components/form/submit-button";
import { useApiForm } from "@/components/form/use-api-form";
import { ifMatch } from "@/lib/http/if-match";
import { today } from "@/lib/texts/format";
import { useEditionMutations } from "./queries";

/** From which day it is in force; the present programme ends the day before. */
export function ApproveDialog({ edition, onClose }: { edition: EditionShown; onClose: () => void }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { approve } = useEditionMutations();
  const path = { edition_id: edition.id };
  const form = useApiForm<ApprovalInput>({
    defaultValues: { in_force_from: later(edition.starts_on, today()) },
    submit: (body) => approve.mutateAsync({ path, headers: ifMatch(edition.version), body }),
    onDone: () => [notify(t`方案已批准`), onClose(), navigate({ to: "/editions/$editionId", params: { editionId: edition.id } })],
  });
  return (
    <Dialog
      title={t`批准方案`}
      size="sm"
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="approval">
          <Trans>批准执行</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="approval">
        <DateInput
          control={form.control}
          name="in_force_from"
          label={t`从哪天起执行`}
          description={t`现行方案执行到前一天。批准后条款不能再改，只能制定新方案。`}
          min={edition.starts_on}
          max={edition.ends_on}
          isRequired
        />
      </ApiFormBody>
    </Dialog>
  );
}

function later(one: string, other: string): string {
  return [one, other].sort()[1] ?? one;
}
