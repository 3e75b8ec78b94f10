import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import type { EditionInput, EditionRow } from "@/api";
import { Dialog } from "@/components/dialog";
import { ApiFormBody } from "@/components/form/api-form-body";
import { DateInput } from "@/components/form/date-input";
import { RadioInput } from "@/components/form/radio-input";
import { SelectInput } from "@/components/form/select-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { templateLabels } from "./labels";
import { useClauses, useEditionMutations } from "./queries";
import { TickInput } from "./tick-input";
import { useClauseWords } from "./use-clause-words";

/** A year's draft: from the template, or from the year before with what worked as standing practice. */
export function NewEditionDialog({ editions, onClose }: { editions: EditionRow[]; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const { create } = useEditionMutations();
  const former = editions.filter((one) => one.in_force_from !== null);
  const last = former[0];
  const next = last ? dayAfter(last.ends_on) : "";
  const form = useApiForm<EditionInput>({
    defaultValues: {
      name: "",
      starts_on: next,
      template: last?.template ?? "september",
      from_edition_id: last?.id ?? null,
      standing: [],
    },
    submit: async (body) => {
      const made = await create.mutateAsync({ body: { ...body, standing: body.from_edition_id ? body.standing : [] } });
      await navigate({ to: "/editions/$editionId", params: { editionId: made.id } });
    },
    onDone: onClose,
  });
  const from = form.watch("from_edition_id");
  const clauses = useClauses(from ?? "", !!from);
  const { text } = useClauseWords();
  const measures = clauses.data?.items.filter((one) => ["A", "P", "L", "S"].includes(one.part) && !one.is_standing) ?? [];
  return (
    <Dialog
      title={t`制定新方案`}
      size="lg"
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="new-edition">
          <Trans>生成草稿</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="new-edition">
        <TextInput control={form.control} name="name" label={t`方案名称`} placeholder={t`2027—2028 学年帮扶方案`} isRequired />
        <DateInput control={form.control} name="starts_on" label={t`年度开始日期`} isRequired />
        <RadioInput
          control={form.control}
          name="template"
          label={t`年度安排`}
          options={Object.entries(templateLabels).map(([value, label]) => ({ value, label: i18n._(label) }))}
        />
        {former.length > 0 && (
          <SelectInput
            control={form.control}
            name="from_edition_id"
            label={t`沿用往年方案`}
            placeholder={t`不沿用，从模板开始`}
            options={former.map((one) => ({ value: one.id, label: one.name }))}
          />
        )}
        {from && measures.length > 0 && (
          <TickInput
            control={form.control}
            name="standing"
            label={t`哪些做法有效，转为常态？`}
            options={measures.map((one) => ({ value: one.clause, label: `${one.clause} ${text(one)}` }))}
          />
        )}
      </ApiFormBody>
    </Dialog>
  );
}

function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
