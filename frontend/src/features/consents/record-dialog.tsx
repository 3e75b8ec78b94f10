import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { ConsentInput, ScanShown, StudentConsents } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { DateInput } from "@/components/form/date-input";
import { FileDrop } from "@/components/form/file-drop";
import { RadioInput } from "@/components/form/radio-input";
import { SelectInput } from "@/components/form/select-input";
import { SubmitButton } from "@/components/form/submit-button";
import { useApiForm } from "@/components/form/use-api-form";
import { upload } from "@/lib/http/upload";
import { today } from "@/lib/texts/format";
import { relationLabels } from "./labels";
import { useRecordConsents } from "./queries";

type Purpose = ConsentInput["choices"][number]["purpose"];
interface Values {
  guardian_id: string | null;
  how: ConsentInput["how"];
  happened_on: string;
  informed_on: string | null;
  answers: Record<Purpose, string>;
}
const OWN = "own";

/** Writes down what a guardian (from fourteen on the pupil) signed or said. */
export function RecordDialog({ shown, onClose }: { shown: StudentConsents; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const record = useRecordConsents();
  const [files, setFiles] = useState<File[]>([]);
  const [progress, setProgress] = useState<number | null>(null);
  const [scan, setScan] = useState<{ file: File; id: string }>();
  const only = shown.decides_alone ? OWN : shown.guardians.length === 1 ? (shown.guardians[0]?.guardian_id ?? null) : null;
  const form = useApiForm<Values>({
    defaultValues: {
      guardian_id: only,
      how: "paper",
      happened_on: today(),
      informed_on: null,
      answers: { file: "", screening: "", counselling: "", pairing: "", community: "" },
    },
    submit: async (values) => {
      const [file] = files;
      let scanId = scan && scan.file === file ? scan.id : null;
      if (values.how === "paper" && file && !scanId) {
        const path = `/api/v1/students/${shown.student_id}/consent-scans`;
        scanId = (await upload<ScanShown>({ path, files: [file], onProgress: setProgress }).finally(() => setProgress(null))).id;
        setScan({ file, id: scanId });
      }
      const choices = shown.states.flatMap(({ purpose }) => {
        const action = values.answers[purpose];
        return action === "given" || action === "withdrawn" ? [{ purpose, action } as const] : [];
      });
      const isOwn = values.guardian_id === OWN;
      await record.mutateAsync({
        path: { student_id: shown.student_id },
        body: {
          guardian_id: isOwn ? null : values.guardian_id,
          how: values.how,
          happened_on: values.happened_on,
          informed_on: isOwn ? values.informed_on : null,
          scan_id: values.how === "paper" ? scanId : null,
          choices,
        },
      });
    },
    onDone: () => {
      notify(t`已登记`);
      onClose();
    },
  });
  const isPaper = form.watch("how") === "paper";
  const isOwn = form.watch("guardian_id") === OWN;
  const people = shown.guardians.map(({ guardian_id, name, relation }) => {
    const label = relationLabels[relation];
    return { value: guardian_id, label: name, note: label ? i18n._(label) : undefined };
  });
  return (
    <Dialog
      title={t`登记知情同意`}
      onClose={onClose}
      isDismissable={progress === null}
      footer={
        <SubmitButton control={form.control} form="record-consents">
          <Trans>登记</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="record-consents">
        <SelectInput
          control={form.control}
          name="guardian_id"
          label={t`谁作出的`}
          isRequired
          options={shown.decides_alone ? [{ value: OWN, label: t`学生本人` }, ...people] : people}
        />
        <RadioInput
          control={form.control}
          name="how"
          label={t`方式`}
          isRequired
          options={[
            { value: "paper", label: t`纸质同意书` },
            { value: "in_person", label: t`当面说明` },
          ]}
        />
        <DateInput control={form.control} name="happened_on" label={isPaper ? t`签字日期` : t`谈话日期`} isRequired max={today()} />
        {isOwn && <DateInput control={form.control} name="informed_on" label={t`告知监护人的日期`} isRequired max={today()} />}
        {isPaper && (
          <FileDrop
            label={t`签字的同意书（扫描或拍照）`}
            description={t`PDF、JPG 或 PNG，不超过 5 MB。`}
            accept={[".pdf", ".jpg", ".jpeg", ".png"]}
            maxBytes={5 * 1024 * 1024}
            files={files}
            onFiles={(chosen) => {
              setFiles(chosen);
              form.clearErrors("root.server"); // what was missing may be here now
            }}
            progress={progress}
          />
        )}
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-1 font-medium text-sm">
            <Trans>逐项结果</Trans>
          </legend>
          {shown.states.map(({ purpose, name }) => (
            <RadioInput
              key={purpose}
              control={form.control}
              name={`answers.${purpose}`}
              label={name}
              options={[
                { value: "", label: t`没有勾选` },
                { value: "given", label: t`同意` },
                { value: "withdrawn", label: t`不同意或撤回` },
              ]}
            />
          ))}
        </fieldset>
      </ApiFormBody>
    </Dialog>
  );
}
