import { Trans, useLingui } from "@lingui/react/macro";
import type { SupportGapKind } from "@/api";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { CheckInput } from "@/components/form/check-input";
import { NumberInput } from "@/components/form/number-input";
import { SubmitButton } from "@/components/form/submit-button";
import { useApiForm } from "@/components/form/use-api-form";
import { ifMatch } from "@/lib/http/if-match";
import { currentLocale } from "@/lib/texts/locale";
import { useGapMutations } from "./queries";

/** One kind: whether the school looks for it, and after how many days or under which percent. */
export function DefineForm({ chosen, onDone }: { chosen: SupportGapKind; onDone: () => void }) {
  const { t } = useLingui();
  const { define } = useGapMutations();
  const form = useApiForm<{ is_on: boolean; days: number | null; percent: number | null }>({
    defaultValues: { is_on: chosen.is_on, days: chosen.days, percent: chosen.percent },
    submit: async (body) => {
      await define.mutateAsync({ path: { kind: chosen.kind }, body, headers: ifMatch(chosen.version) });
      notify(t`口径已保存`);
    },
    onDone,
  });
  return (
    <ApiFormBody
      form={form}
      actions={
        <SubmitButton control={form.control}>
          <Trans>保存</Trans>
        </SubmitButton>
      }
    >
      <p className="text-muted text-sm">{currentLocale() === "en" ? chosen.why_en : chosen.why_zh}</p>
      <CheckInput control={form.control} name="is_on" label={t`列出这一类`} />
      {chosen.days !== null && <NumberInput control={form.control} name="days" label={t`超过多少天`} min={0} max={730} isRequired />}
      {chosen.percent !== null && (
        <NumberInput control={form.control} name="percent" label={t`低于百分之几`} min={1} max={100} isRequired />
      )}
    </ApiFormBody>
  );
}
