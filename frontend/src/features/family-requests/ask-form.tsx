import { Trans, useLingui } from "@lingui/react/macro";
import { useWatch } from "react-hook-form";
import type { ChildRow, DataRequestInput } from "@/api/types.gen";
import { ApiFormBody } from "@/components/form/api-form-body";
import { DateInput } from "@/components/form/date-input";
import { RadioInput } from "@/components/form/radio-input";
import { SelectInput } from "@/components/form/select-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PlainButton } from "@/components/plain-button";
import { PartChoice } from "./part-choice";
import { type FieldCode, fieldLabels, kindLabels, type PartCode, valueFields } from "./parts/request-labels";
import { useAsk } from "./queries";

interface AskFormProps {
  childRows: ChildRow[];
  chosen: string | undefined;
  onDone: () => void;
  onCancel: () => void;
}

export interface AskValues {
  student_id: string | null;
  kind: DataRequestInput["kind"];
  field: FieldCode | null;
  wanted: string | null;
  parts: PartCode[];
  said: string;
}

/** What belongs to the kind of request and nothing else. */
function toInput({ student_id, kind, field, wanted, parts, said }: AskValues): DataRequestInput {
  const isValue = kind === "correct" && field !== null && valueFields.includes(field);
  return {
    student_id: student_id ?? "",
    kind,
    field: kind === "correct" ? field : null,
    wanted: isValue ? wanted || null : null,
    parts: kind === "erase" ? parts : [],
    said: said || null,
  };
}

export function AskForm({ childRows, chosen, onDone, onCancel }: AskFormProps) {
  const { t, i18n } = useLingui();
  const ask = useAsk();
  const first = childRows.find(({ id }) => id === chosen) ?? childRows[0];
  const form = useApiForm<AskValues>({
    defaultValues: { student_id: first?.id ?? null, kind: "correct", field: null, wanted: null, parts: [], said: "" },
    submit: (values) => ask.mutateAsync({ body: toInput(values) }),
    onDone,
  });
  const { control } = form;
  const [kind, field] = useWatch({ control, name: ["kind", "field"] });
  const fields = (Object.keys(fieldLabels) as FieldCode[]).map((value) => ({ value, label: i18n._(fieldLabels[value]) }));
  return (
    <ApiFormBody
      form={form}
      className="flex flex-col gap-4 rounded-lg bg-surface p-4 shadow-surface"
      actions={
        <>
          <PlainButton variant="secondary" onClick={onCancel}>
            <Trans>取消</Trans>
          </PlainButton>
          <SubmitButton control={control}>
            <Trans>提交</Trans>
          </SubmitButton>
        </>
      }
    >
      {childRows.length > 1 && (
        <SelectInput
          control={control}
          name="student_id"
          label={t`哪个孩子`}
          isRequired
          options={childRows.map(({ id, name, class_name }) => ({ value: id, label: class_name ? `${name} · ${class_name}` : name }))}
        />
      )}
      <RadioInput
        control={control}
        name="kind"
        label={t`我想`}
        options={(["correct", "erase", "copy"] as const).map((value) => ({ value, label: i18n._(kindLabels[value]) }))}
      />
      {kind === "correct" && (
        <>
          <SelectInput control={control} name="field" label={t`哪一项不对`} isRequired options={fields} />
          {field && valueFields.includes(field) && <RightValue control={control} field={field} />}
          {field === "identity" && (
            <p className="text-muted text-sm">
              <Trans>请不要在这里填写证件号码，带上证件到学校核对即可。</Trans>
            </p>
          )}
        </>
      )}
      {kind === "erase" && <PartChoice control={control} />}
      {kind === "copy" && (
        <p className="text-muted text-sm">
          <Trans>孩子的页面可以随时下载一份；需要纸质件或盖章，请在下面说明。</Trans>
        </p>
      )}
      <TextInput control={control} name="said" label={t`补充说明（可以不写）`} rows={3} maxLength={2000} />
    </ApiFormBody>
  );
}

function RightValue({ control, field }: { control: ReturnType<typeof useApiForm<AskValues>>["control"]; field: FieldCode }) {
  const { t } = useLingui();
  const label = t`正确的是`;
  if (field === "birth_on") return <DateInput control={control} name="wanted" label={label} isRequired />;
  if (field !== "sex") return <TextInput control={control} name="wanted" label={label} isRequired maxLength={200} />;
  const options = [
    { value: "male", label: t`男` },
    { value: "female", label: t`女` },
  ];
  return <RadioInput control={control} name="wanted" label={label} isRequired options={options} />;
}
