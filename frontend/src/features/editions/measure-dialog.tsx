import { Trans, useLingui } from "@lingui/react/macro";
import type { Control, FieldValues } from "react-hook-form";
import type { EditionShown, OwnMeasureInput } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SelectInput } from "@/components/form/select-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { ClauseFields } from "./clause-fields";
import { type FieldDraft, fieldsOf, freshField } from "./field-drafts";
import { FormBuilder } from "./form-builder";
import { partLabels } from "./parts/owner-labels";
import { useEditionMutations } from "./queries";
import { useOptions } from "./use-options";

type Values = Omit<OwnMeasureInput, "fields"> & { drafts: FieldDraft[] };

/** A measure that the school adds itself: once in force, plans and records offer it with this form. */
export function MeasureDialog({ edition, onClose }: { edition: EditionShown; onClose: () => void }) {
  const { t } = useLingui();
  const options = useOptions();
  const { addClause } = useEditionMutations();
  const form = useApiForm<Values>({
    defaultValues: {
      part: "A",
      zh: "",
      owner: edition.may.write_owners.find((one) => one !== "principal"),
      doers: [],
      subject: "student",
      reach: "supported",
      categories: [],
      levels: [],
      cadence_zh: "",
      per: "week",
      times: 1,
      runs_on: "teaching_weeks",
      months: [],
      grace_days: 2,
      minutes: 30,
      form: "",
      drafts: [freshField()],
    },
    submit: ({ drafts, ...body }) =>
      addClause.mutateAsync({ path: { edition_id: edition.id }, body: { ...body, fields: fieldsOf(drafts) } }),
    onDone: () => [notify(t`已加入草稿`), onClose()],
  });
  const { A, P, L, S } = partLabels;
  return (
    <Dialog
      title={t`增设本校措施`}
      size="lg"
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="own-measure">
          <Trans>加入草稿</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="own-measure">
        <TextInput control={form.control} name="zh" label={t`措施名称`} placeholder={t`晨读陪伴`} isRequired />
        <SelectInput control={form.control} name="part" label={t`所属部分`} options={options({ A, P, L, S })} isRequired />
        <ClauseFields
          control={form.control}
          owners={edition.may.write_owners}
          isForEveryone={form.watch("reach") === "everyone"}
          per={form.watch("per")}
          isOwn
        />
        <TextInput control={form.control} name="form" label={t`记录表名称`} placeholder={t`晨读陪伴记录表`} isRequired />
        <FormBuilder control={form.control as unknown as Control<FieldValues & { drafts: FieldDraft[] }>} />
      </ApiFormBody>
    </Dialog>
  );
}
