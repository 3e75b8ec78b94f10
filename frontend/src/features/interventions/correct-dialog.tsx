import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { type InterventionShown, interventionsRead } from "@/api";
import { Dialog } from "@/components/dialog";
import { ConflictDialog } from "@/components/feedback/conflict-dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { useApiForm } from "@/components/form/use-api-form";
import { ifMatch } from "@/lib/http/if-match";
import { invalidate } from "@/lib/http/invalidate";
import { CorrectFields } from "./correct-fields";
import { type CorrectForm, changeOf, correctable, valuesOf } from "./correct-form";
import { useKinds } from "./parts/use-kinds";
import { useRecordMutations } from "./queries";
import { useRecordWords } from "./use-record-words";

/** Corrects a record. Beside each changed field stands what it said; the server keeps it, with the reason. */
export function CorrectDialog({ record, onClose }: { record: InterventionShown; onClose: () => void }) {
  const { t } = useLingui();
  const { kindOf } = useKinds();
  const { correct } = useRecordMutations();
  const client = useQueryClient();
  const kind = kindOf(record.kind);
  const base = useRef(record);
  const [theirs, setTheirs] = useState<InterventionShown>();
  const { fieldLabels, shown } = useRecordWords(record.kind);
  const form = useApiForm<CorrectForm>({
    defaultValues: valuesOf(record),
    submit: async (values) => {
      const body = changeOf(values, base.current, kind);
      await correct.mutateAsync({ path: { intervention_id: record.id }, headers: ifMatch(base.current.version), body });
      notify(t`已更正`);
    },
    onDone: onClose,
    onConflict: () => {
      void interventionsRead({ path: { intervention_id: record.id }, throwOnError: true }).then(({ data }) => setTheirs(data));
    },
  });

  if (theirs) {
    const mine = form.getValues();
    const other = valuesOf(theirs);
    const fields = correctable.map((name) => ({
      name,
      label: fieldLabels[name] ?? name,
      mine: shown(name, mine[name]),
      theirs: shown(name, other[name]),
      isDifferent: shown(name, mine[name]) !== shown(name, other[name]),
    }));
    return (
      <ConflictDialog
        fields={fields.filter(({ isDifferent }) => isDifferent)}
        onKeepMine={() => {
          base.current = theirs;
          setTheirs(undefined);
          void form.send();
        }}
        onTakeTheirs={() => {
          void invalidate(client, "interventionsRead");
          onClose();
        }}
        onClose={() => setTheirs(undefined)}
      />
    );
  }
  return (
    <Dialog
      title={t`更正记录`}
      size="lg"
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="correct-record">
          <Trans>保存更正</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="correct-record">
        <CorrectFields form={form} record={record} kind={kind} />
      </ApiFormBody>
    </Dialog>
  );
}
