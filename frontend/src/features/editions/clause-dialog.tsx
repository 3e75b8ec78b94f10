import { Trans, useLingui } from "@lingui/react/macro";
import { Trash2 } from "lucide-react";
import type { Control, FieldValues } from "react-hook-form";
import type { ClauseEdit, EditionClauseShown, EditionShown, FormFieldInput } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify, notifyError } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { CheckInput } from "@/components/form/check-input";
import { NumberInput } from "@/components/form/number-input";
import { SelectInput } from "@/components/form/select-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PlainButton } from "@/components/plain-button";
import { ifMatch } from "@/lib/http/if-match";
import { ClauseFields } from "./clause-fields";
import { draftsOf, type FieldDraft, fieldsOf } from "./field-drafts";
import { FormBuilder } from "./form-builder";
import { comparisonLabels, unitLabels } from "./labels";
import { useEditionMutations } from "./queries";
import { useOptions } from "./use-options";

type Values = Omit<ClauseEdit, "fields"> & { drafts: FieldDraft[] };
const edited = [
  ...(["zh", "en", "owner", "doers", "subject", "reach", "categories", "levels", "dimensions", "cadence_zh", "cadence_en", "per"] as const),
  ...(["times", "runs_on", "months", "grace_days", "hours", "minutes", "target_number", "target_unit", "target_comparison"] as const),
  ...(["is_standing", "form"] as const),
];

/** One clause of a draft; only what was changed is sent, so that nobody's change elsewhere is written over. */
export function ClauseDialog({ edition, clause, onClose }: { edition: EditionShown; clause: EditionClauseShown; onClose: () => void }) {
  const { t } = useLingui();
  const options = useOptions();
  const { editClause, removeClause } = useEditionMutations();
  const path = { edition_id: edition.id, clause_id: clause.id };
  const given = Object.fromEntries(edited.map((name) => [name, clause[name]])) as unknown as ClauseEdit;
  const form = useApiForm<Values>({
    defaultValues: { ...given, drafts: draftsOf((clause.fields ?? []) as unknown as FormFieldInput[]) },
    submit: ({ drafts, ...values }) => {
      const body = changed(given, tidied(values), clause.is_own);
      return editClause.mutateAsync({
        path,
        headers: ifMatch(clause.version),
        body: clause.is_own ? { ...body, fields: fieldsOf(drafts) } : body,
      });
    },
    onDone: () => [notify(t`已保存到草稿`), onClose()],
  });
  const remove = () =>
    removeClause.mutateAsync({ path, headers: ifMatch(clause.version) }).then(
      () => [notify(t`已从草稿中删除`), onClose()],
      (error: unknown) => notifyError(error),
    );
  return (
    <Dialog
      title={t`修改 ${clause.clause}`}
      size="lg"
      onClose={onClose}
      footer={
        <>
          {clause.is_own && (
            <PlainButton variant="tertiary" onClick={() => void remove()}>
              <Trash2 aria-hidden />
              <Trans>删除这项措施</Trans>
            </PlainButton>
          )}
          <SubmitButton control={form.control} form="clause">
            <Trans>保存</Trans>
          </SubmitButton>
        </>
      }
    >
      <ApiFormBody form={form} id="clause">
        <TextInput control={form.control} name="zh" label={t`内容`} rows={2} isRequired />
        <TextInput control={form.control} name="en" label={t`英文`} rows={2} isRequired />
        {clause.part === "G" && (
          <div className="grid gap-3 sm:grid-cols-3">
            <SelectInput control={form.control} name="target_comparison" label={t`目标要求`} options={options(comparisonLabels)} />
            <NumberInput control={form.control} name="target_number" label={t`目标值`} min={0} max={1000} />
            <SelectInput control={form.control} name="target_unit" label={t`目标单位`} options={options(unitLabels)} />
          </div>
        )}
        <ClauseFields
          control={form.control}
          owners={edition.may.write_owners}
          isForEveryone={form.watch("reach") === "everyone"}
          per={form.watch("per")}
          isOwn={clause.is_own}
        />
        <CheckInput control={form.control} name="is_standing" label={t`常态做法`} description={t`实践证明有效，今后每年都做。`} />
        {clause.is_own && (
          <>
            <TextInput control={form.control} name="form" label={t`记录表名称`} isRequired />
            <FormBuilder control={form.control as unknown as Control<FieldValues & { drafts: FieldDraft[] }>} />
          </>
        )}
      </ApiFormBody>
    </Dialog>
  );
}

/** What belongs together goes together: nothing narrows what is for everyone, only a clock has hours, what rises has no number. */
function tidied(values: ClauseEdit): ClauseEdit {
  return {
    ...values,
    ...(values.reach === "everyone" && { categories: [], levels: [], dimensions: [] }),
    ...(values.per !== "clock" && { hours: null }),
    ...(!values.per && { per: null, times: null, runs_on: null }),
    ...(values.target_comparison === "rises" && { target_number: null }),
    cadence_zh: values.cadence_zh || null,
    cadence_en: values.cadence_en || null,
  };
}

function changed(before: ClauseEdit, after: ClauseEdit, isOwn: boolean): ClauseEdit {
  const entries = Object.entries(after).filter(
    ([name, value]) => (isOwn || name !== "form") && JSON.stringify(value) !== JSON.stringify(before[name as keyof ClauseEdit]),
  );
  return Object.fromEntries(entries) as ClauseEdit;
}
