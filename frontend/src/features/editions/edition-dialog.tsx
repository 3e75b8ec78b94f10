import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import type { EditionEdit, EditionShown } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify, notifyError } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { DateInput } from "@/components/form/date-input";
import { NumberInput } from "@/components/form/number-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PlainButton } from "@/components/plain-button";
import { ifMatch } from "@/lib/http/if-match";
import { useEditionMutations } from "./queries";

/** What stands around the clauses: the texts, the year, and what there is to keep it with. */
export function EditionDialog({ edition, onClose }: { edition: EditionShown; onClose: () => void }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { update, discard } = useEditionMutations();
  const { name, starts_on, ends_on, background, guiding, capacities } = edition;
  const path = { edition_id: edition.id };
  const form = useApiForm<EditionEdit>({
    defaultValues: { name, starts_on, ends_on, background, guiding, capacities },
    submit: (body) => update.mutateAsync({ path, headers: ifMatch(edition.version), body }),
    onDone: () => [notify(t`已保存到草稿`), onClose()],
  });
  const giveUp = () =>
    discard.mutateAsync({ path }).then(
      () => [notify(t`草稿已作废`), onClose(), navigate({ to: "/editions" })],
      (error: unknown) => notifyError(error),
    );
  return (
    <Dialog
      title={t`修改总则`}
      size="lg"
      onClose={onClose}
      footer={
        <>
          {edition.may.discard && (
            <PlainButton variant="tertiary" onClick={() => void giveUp()}>
              <Trans>作废草稿</Trans>
            </PlainButton>
          )}
          <SubmitButton control={form.control} form="edition">
            <Trans>保存</Trans>
          </SubmitButton>
        </>
      }
    >
      <ApiFormBody form={form} id="edition">
        <TextInput control={form.control} name="name" label={t`方案名称`} isRequired />
        <div className="grid gap-3 sm:grid-cols-2">
          <DateInput control={form.control} name="starts_on" label={t`年度开始日期`} isRequired />
          <DateInput control={form.control} name="ends_on" label={t`年度结束日期`} isRequired />
        </div>
        <TextInput control={form.control} name="background" label={t`背景与意义`} rows={6} />
        <TextInput control={form.control} name="guiding" label={t`指导思想`} rows={6} />
        <div className="grid gap-3 sm:grid-cols-2">
          <NumberInput
            control={form.control}
            name="capacities.tutor_hours"
            label={t`每周可用于小组辅导的课时（小时）`}
            min={0}
            max={10000}
            step={0.5}
          />
          <NumberInput
            control={form.control}
            name="capacities.counsellor_hours"
            label={t`心理教师每周可用时间（小时）`}
            min={0}
            max={10000}
            step={0.5}
          />
          <NumberInput control={form.control} name="capacities.volunteers" label={t`可结对的志愿者（人）`} min={0} max={10000} />
          <NumberInput control={form.control} name="capacities.group_size" label={t`辅导小组人数`} min={1} max={50} isRequired />
        </div>
      </ApiFormBody>
    </Dialog>
  );
}
