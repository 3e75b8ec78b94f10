import { Trans, useLingui } from "@lingui/react/macro";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PlainButton } from "@/components/plain-button";

/** A code of the second factor in use, before it is changed: a screen left open is not enough. */
export function AskCode({ submit, onBack }: { submit: (code: string) => Promise<void>; onBack: () => void }) {
  const { t } = useLingui();
  const form = useApiForm<{ code: string }>({ defaultValues: { code: "" }, submit: ({ code }) => submit(code) });
  return (
    <div className="max-w-sm">
      <ApiFormBody
        form={form}
        actions={
          <>
            <PlainButton variant="tertiary" onClick={onBack}>
              <Trans>返回</Trans>
            </PlainButton>
            <SubmitButton control={form.control}>
              <Trans>继续</Trans>
            </SubmitButton>
          </>
        }
      >
        <TextInput
          control={form.control}
          name="code"
          label={t`现在的验证码`}
          description={t`验证器的 6 位数字，或一个没用过的恢复码、打印码。`}
          isRequired
          autoComplete="one-time-code"
          maxLength={20}
        />
      </ApiFormBody>
    </div>
  );
}
