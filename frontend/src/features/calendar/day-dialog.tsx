import { Trans, useLingui } from "@lingui/react/macro";
import type { CalendarDayShown, SchoolDay } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify, notifyWhenDone } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { RadioInput } from "@/components/form/radio-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PlainButton } from "@/components/plain-button";
import { ifMatch } from "@/lib/http/if-match";
import { formatDay } from "@/lib/texts/format";
import { useDayMutations } from "./queries";
import { useDayWords } from "./use-day-words";

interface DayDialogProps {
  one: SchoolDay;
  /** What the school said of the day already. */
  change?: CalendarDayShown;
  onClose: () => void;
}

type Values = { kind: "school_day" | "day_off"; name: string; reason: string };

/** One day: why it is what it is, and the school's own word on it. */
export function DayDialog({ one, change, onClose }: DayDialogProps) {
  const { t } = useLingui();
  const words = useDayWords();
  const { create, update, withdraw, restore } = useDayMutations();
  const form = useApiForm<Values>({
    defaultValues: {
      kind: change?.kind ?? (one.is_school_day ? "day_off" : "school_day"),
      name: change?.name ?? "",
      reason: change?.reason ?? "",
    },
    submit: (body) =>
      change
        ? update.mutateAsync({ path: { calendar_day_id: change.id }, headers: ifMatch(change.version), body })
        : create.mutateAsync({ body: { ...body, day: one.day } }),
    onDone: () => [notify(t`校历已更新`), onClose()],
  });
  const takeBack = () => {
    if (!change) return;
    const path = { calendar_day_id: change.id };
    notifyWhenDone(withdraw.mutateAsync({ path }), t`已撤销这一天的调整`, () => restore.mutateAsync({ path }));
    onClose();
  };
  return (
    <Dialog
      title={formatDay(one.day)}
      size="sm"
      onClose={onClose}
      footer={
        <>
          {change && (
            <PlainButton variant="tertiary" onClick={takeBack}>
              <Trans>撤销调整</Trans>
            </PlainButton>
          )}
          <SubmitButton control={form.control} form="calendar-day">
            <Trans>保存</Trans>
          </SubmitButton>
        </>
      }
    >
      <ApiFormBody form={form} id="calendar-day">
        <p className="text-muted text-sm">{words.sentence(one)}</p>
        <RadioInput
          control={form.control}
          name="kind"
          label={t`这一天`}
          options={[
            { value: "school_day", label: t`上课` },
            { value: "day_off", label: t`不上课` },
          ]}
        />
        <TextInput
          control={form.control}
          name="name"
          label={t`名称`}
          description={t`如：台风停课、运动会、补上周五的课。全校可见。`}
          isRequired
        />
        <TextInput control={form.control} name="reason" label={t`原因`} description={t`只有教职工能看到。`} rows={2} isRequired />
      </ApiFormBody>
    </Dialog>
  );
}
