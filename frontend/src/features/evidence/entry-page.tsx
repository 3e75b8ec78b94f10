import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useFieldArray } from "react-hook-form";
import type { Catalogue } from "@/api";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { ComboInput } from "@/components/form/combo-input";
import { DateInput } from "@/components/form/date-input";
import { RadioInput } from "@/components/form/radio-input";
import { SubmitButton } from "@/components/form/submit-button";
import { useApiForm } from "@/components/form/use-api-form";
import { PageHeader } from "@/components/page-header";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { today } from "@/lib/texts/format";
import { type EntryValues, emptyItem, ownFields, toItem } from "./entry-values";
import { ItemFields } from "./item-fields";
import { sourceLabels } from "./labels";
import { loadStudents } from "./load-students";
import { useCatalogue, useEvidenceMutations } from "./queries";

const route = getRouteApi("/staff/evidence/new");

export function EntryPage() {
  return <QueryState query={useCatalogue()}>{(catalogue) => <EntryForm catalogue={catalogue} />}</QueryState>;
}

/** What one visit, talk or observation brought: one student, one day, one or several findings. Made for a phone held in one hand. */
function EntryForm({ catalogue }: { catalogue: Catalogue }) {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const search = route.useSearch();
  const { enter } = useEvidenceMutations();
  const form = useApiForm<EntryValues>({
    defaultValues: {
      student_id: search.student_id ?? null,
      source: search.source ?? "home_visit",
      observed_on: today(),
      items: [emptyItem()],
    },
    submit: async (values) => {
      const items = values.items.map((item) => toItem(values, item, catalogue));
      const made = await enter.mutateAsync({ body: { items } }).catch((error: unknown) => {
        throw ownFields(error);
      });
      notify(t`已登记 ${made.items.length} 条依据`);
      await navigate({ to: "/evidence", search: { mine: true } });
    },
  });
  const { fields, append, remove } = useFieldArray({ control: form.control, name: "items" });
  const source = form.watch("source");
  const kinds = catalogue.items.filter((kind) => kind.may_enter && kind.sources.includes(source));
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title={t`登记依据`} trail={[{ label: t`认定依据`, to: "/evidence" }]} />
      <ApiFormBody
        form={form}
        actions={
          <SubmitButton control={form.control}>
            <Trans>登记</Trans>
          </SubmitButton>
        }
      >
        <SectionCard title={t`谁、何时、怎样了解到的`}>
          <div className="flex flex-col gap-4">
            <ComboInput
              control={form.control}
              name="student_id"
              label={t`学生`}
              isRequired
              queryKey={["evidence-students"]}
              load={loadStudents}
              initial={search.student_id && search.name ? { value: search.student_id, label: search.name } : undefined}
            />
            <RadioInput
              control={form.control}
              name="source"
              label={t`来源`}
              options={(["home_visit", "nomination", "self_report"] as const).map((value) => ({
                value,
                label: i18n._(sourceLabels[value] ?? { id: value }),
              }))}
            />
            <DateInput control={form.control} name="observed_on" label={t`日期`} isRequired max={today()} className="max-w-52" />
          </div>
        </SectionCard>
        {fields.map((field, index) => (
          <ItemFields
            key={field.id}
            form={form}
            index={index}
            kinds={kinds}
            source={source}
            onRemove={fields.length > 1 ? () => remove(index) : undefined}
          />
        ))}
        <Button variant="secondary" className="self-start" onPress={() => append(emptyItem())}>
          <Plus aria-hidden />
          <Trans>再加一项情况</Trans>
        </Button>
      </ApiFormBody>
    </div>
  );
}
