import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { Plus, X } from "lucide-react";
import { useEffect } from "react";
import { useFieldArray } from "react-hook-form";
import type { MappingShown } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SelectInput } from "@/components/form/select-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { ifMatch } from "@/lib/http/if-match";
import { useMappingMutations, useSheetFields, useUnknownColumns } from "./queries";

interface MappingForm {
  name: string;
  rows: { header: string; field: string | null }[];
}

interface MappingDialogProps {
  mapping: MappingShown | null;
  /** An import whose unknown columns are put in to begin with. */
  importId?: string;
  onClose: () => void;
}

/** Edit a mapping: a line a column of the sheet. */
export function MappingDialog({ mapping, importId, onClose }: MappingDialogProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const fields = useSheetFields();
  const { create, replace } = useMappingMutations();
  const unknown = useUnknownColumns(mapping ? undefined : importId);
  const form = useApiForm<MappingForm>({
    defaultValues: {
      name: mapping?.name ?? "",
      rows: mapping ? Object.entries(mapping.mapping).map(([header, field]) => ({ header, field })) : [{ header: "", field: null }],
    },
    submit: ({ name, rows }) => {
      const chosen = rows.filter((row) => row.header.trim() && row.field);
      const body = { name, mapping: Object.fromEntries(chosen.map((row) => [row.header.trim(), row.field as string])) };
      return mapping
        ? replace.mutateAsync({ path: { mapping_id: mapping.id }, body, headers: ifMatch(mapping.version) })
        : create.mutateAsync({ body });
    },
    onDone: () => {
      notify(importId ? t`已保存；重新上传时选用这份列对应。` : t`已保存`);
      onClose();
      if (importId) void navigate({ to: "/rosters" });
    },
  });
  const rows = useFieldArray({ control: form.control, name: "rows" });
  const known = unknown.data?.items.flatMap((one) => one.column ?? []).join("\n");
  useEffect(() => {
    if (known) rows.replace(known.split("\n").map((header) => ({ header, field: null })));
  }, [known, rows.replace]);
  const options = [
    { value: "ignore", label: t`不导入这一列` },
    ...(fields.data?.items ?? []).map((field) => ({ value: field.name, label: field.label })),
  ];
  return (
    <Dialog
      title={mapping ? t`修改列对应` : t`新建列对应`}
      size="lg"
      onClose={onClose}
      footer={
        <>
          <Button variant="tertiary" onPress={onClose}>
            <Trans>返回</Trans>
          </Button>
          <SubmitButton control={form.control} form="mapping">
            <Trans>保存</Trans>
          </SubmitButton>
        </>
      }
    >
      <ApiFormBody form={form} id="mapping">
        <TextInput control={form.control} name="name" label={t`名称`} description={t`如“本区学籍表”。`} isRequired />
        {rows.fields.map((row, index) => (
          <div key={row.id} className="grid grid-cols-[1fr_1fr_auto] items-end gap-2">
            <TextInput control={form.control} name={`rows.${index}.header`} label={t`表里的列名`} />
            <SelectInput control={form.control} name={`rows.${index}.field`} label={t`对应的内容`} options={options} />
            <Button isIconOnly variant="ghost" aria-label={t`去掉这一行`} onPress={() => rows.remove(index)}>
              <X aria-hidden />
            </Button>
          </div>
        ))}
        <div>
          <Button size="sm" variant="secondary" onPress={() => rows.append({ header: "", field: null })}>
            <Plus aria-hidden />
            <Trans>再加一列</Trans>
          </Button>
        </div>
      </ApiFormBody>
    </Dialog>
  );
}
