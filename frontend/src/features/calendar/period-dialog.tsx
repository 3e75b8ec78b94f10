import { Trans, useLingui } from "@lingui/react/macro";
import type { CalendarPeriodShown } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { DateInput } from "@/components/form/date-input";
import { RadioInput } from "@/components/form/radio-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PlainButton } from "@/components/plain-button";
import { ifMatch } from "@/lib/http/if-match";
import { kindLabels } from "./labels";
import { usePeriodMutations } from "./queries";

interface Values {
  kind: CalendarPeriodShown["kind"];
  name: string;
  starts_on: string | null;
  ends_on: string | null;
}

/** An exam week, a phase, or days off within a term. */
export function PeriodDialog({ period, onClose }: { period?: CalendarPeriodShown; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const { create, update } = usePeriodMutations();
  const form = useApiForm<Values>({
    defaultValues: {
      kind: period?.kind ?? "exam_week",
      name: period?.name ?? "",
      starts_on: period?.starts_on ?? null,
      ends_on: period?.ends_on ?? null,
    },
    submit: (values) => {
      const body = { ...values, starts_on: values.starts_on ?? "", ends_on: values.ends_on ?? "" };
      return period
        ? update.mutateAsync({ path: { calendar_period_id: period.id }, headers: ifMatch(period.version), body })
        : create.mutateAsync({ body });
    },
    onDone: () => [notify(t`校历已更新`), onClose()],
  });
  return (
    <Dialog
      title={period ? t`修改时段` : t`新增时段`}
      size="sm"
      onClose={onClose}
      footer={
        <>
          <PlainButton variant="tertiary" onClick={onClose}>
            <Trans>返回</Trans>
          </PlainButton>
          <SubmitButton control={form.control} form="calendar-period">
            <Trans>保存</Trans>
          </SubmitButton>
        </>
      }
    >
      <ApiFormBody form={form} id="calendar-period">
        <RadioInput
          control={form.control}
          name="kind"
          label={t`类型`}
          options={Object.entries(kindLabels).map(([value, label]) => ({ value, label: i18n._(label) }))}
        />
        <TextInput control={form.control} name="name" label={t`名称`} isRequired />
        <div className="grid gap-4 sm:grid-cols-2">
          <DateInput control={form.control} name="starts_on" label={t`开始日期`} isRequired />
          <DateInput control={form.control} name="ends_on" label={t`结束日期`} isRequired />
        </div>
      </ApiFormBody>
    </Dialog>
  );
}
