import { Button } from "@heroui/react/button";
import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import type { KindShown } from "@/api";
import { SelectInput } from "@/components/form/select-input";
import { TextInput } from "@/components/form/text-input";
import type { ApiForm } from "@/components/form/use-api-form";
import { SectionCard } from "@/components/section-card";
import { AboutStaff } from "./about-staff";
import type { EntryValues, FormSource } from "./entry-values";
import { FactFields } from "./fact-fields";
import { categoryLabels } from "./labels";

interface ItemFieldsProps {
  form: ApiForm<EntryValues>;
  index: number;
  kinds: KindShown[];
  source: FormSource;
  onRemove?: () => void;
}

/** One finding: its kind, the facts that kind asks for, and a few words. */
export function ItemFields({ form, index, kinds, source, onRemove }: ItemFieldsProps) {
  const { t, i18n } = useLingui();
  const kind = kinds.find(({ code }) => code === form.watch(`items.${index}.kind`));
  return (
    <SectionCard
      title={t`情况 ${index + 1}`}
      actions={
        onRemove && (
          <Button isIconOnly size="sm" variant="ghost" aria-label={t`去掉这一项`} onPress={onRemove}>
            <X aria-hidden />
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-4">
        <SelectInput
          control={form.control}
          name={`items.${index}.kind`}
          label={t`依据类别`}
          isRequired
          description={kind && !kind.is_ground ? t`家庭形式本身不构成认定理由，请同时登记具体困难。` : undefined}
          options={kinds.map(({ code, name, category }) => ({ value: code, label: name, note: i18n._(categoryLabels[category]) }))}
        />
        {kind && <FactFields control={form.control} path={`items.${index}.facts`} facts={kind.facts} />}
        <TextInput
          control={form.control}
          name={`items.${index}.note`}
          label={t`看到和听到的`}
          rows={4}
          description={t`写事实，不下结论；不写疾病诊断和推测。`}
        />
        {source === "self_report" && <AboutStaff form={form} index={index} />}
      </div>
    </SectionCard>
  );
}
