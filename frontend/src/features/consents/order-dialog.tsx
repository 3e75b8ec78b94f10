import { Trans, useLingui } from "@lingui/react/macro";
import type { CustodyOrderInput, CustodyOrders } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { CheckInput } from "@/components/form/check-input";
import { DateInput } from "@/components/form/date-input";
import { RadioInput } from "@/components/form/radio-input";
import { SelectInput } from "@/components/form/select-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { today } from "@/lib/texts/format";
import { orderKindLabels, orderSourceLabels, relationLabels } from "./labels";
import { useRecordOrder } from "./queries";

const KINDS = ["no_information", "no_contact", "no_pick_up"] as const;
interface Values extends Omit<CustodyOrderInput, "guardian_id" | "kinds"> {
  guardian_id: string | null;
  kinds: Record<(typeof KINDS)[number], boolean>;
}

interface OrderDialogProps {
  studentId: string;
  guardians: CustodyOrders["guardians"];
  onClose: () => void;
}

/** Records a court's order or the school's own decision; it holds from its first day on, without a second pair of eyes. */
export function OrderDialog({ studentId, guardians, onClose }: OrderDialogProps) {
  const { t, i18n } = useLingui();
  const record = useRecordOrder();
  const form = useApiForm<Values>({
    defaultValues: {
      guardian_id: null,
      kinds: { no_information: true, no_contact: true, no_pick_up: true },
      source: "court",
      reference: "",
      starts_on: today(),
      ends_on: null,
    },
    submit: ({ guardian_id, kinds, ...rest }) =>
      record.mutateAsync({
        path: { student_id: studentId },
        body: { ...rest, guardian_id: guardian_id ?? "", kinds: KINDS.filter((kind) => kinds[kind]) },
      }),
    onDone: () => {
      notify(t`已登记`);
      onClose();
    },
  });
  return (
    <Dialog
      title={t`登记监护令`}
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="record-order">
          <Trans>登记</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="record-order">
        <SelectInput
          control={form.control}
          name="guardian_id"
          label={t`限制哪位家长`}
          isRequired
          options={guardians.map(({ guardian_id, name, relation }) => {
            const label = relationLabels[relation];
            return { value: guardian_id, label: name, note: label ? i18n._(label) : undefined };
          })}
        />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 font-medium text-sm">
            <Trans>限制的内容</Trans>
          </legend>
          {KINDS.map((kind) => (
            <CheckInput key={kind} control={form.control} name={`kinds.${kind}`} label={i18n._(orderKindLabels[kind])} />
          ))}
        </fieldset>
        <RadioInput
          control={form.control}
          name="source"
          label={t`依据`}
          isRequired
          options={(["court", "school"] as const).map((value) => ({ value, label: i18n._(orderSourceLabels[value]) }))}
        />
        <TextInput
          control={form.control}
          name="reference"
          label={t`文号与说明`}
          description={t`法院名称和文书号，或学校谁在何时、为何作出决定。`}
          rows={3}
          isRequired
        />
        <DateInput control={form.control} name="starts_on" label={t`开始日期`} isRequired />
        <DateInput control={form.control} name="ends_on" label={t`结束日期`} description={t`没有期限的留空。`} />
      </ApiFormBody>
    </Dialog>
  );
}
