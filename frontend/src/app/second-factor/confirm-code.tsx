import { Trans } from "@lingui/react/macro";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PlainButton } from "@/components/plain-button";
import { confirmEnrolment } from "@/lib/session/second-factor";

interface ConfirmCodeProps {
  label: string;
  isNumeric?: boolean;
  onConfirmed: (recoveryCodes: string[]) => void;
  onBack: () => void;
}

/** The first code: from then on the second factor counts. */
export function ConfirmCode({ label, isNumeric, onConfirmed, onBack }: ConfirmCodeProps) {
  const form = useApiForm<{ code: string }>({
    defaultValues: { code: "" },
    submit: async ({ code }) => onConfirmed(await confirmEnrolment(code)),
  });
  return (
    <div data-print="hide">
      <ApiFormBody
        form={form}
        actions={
          <>
            <PlainButton variant="tertiary" onClick={onBack}>
              <Trans>返回</Trans>
            </PlainButton>
            <SubmitButton control={form.control}>
              <Trans>完成设置</Trans>
            </SubmitButton>
          </>
        }
      >
        <TextInput
          control={form.control}
          name="code"
          label={label}
          isRequired
          autoComplete="one-time-code"
          inputMode={isNumeric ? "numeric" : "text"}
          maxLength={20}
        />
      </ApiFormBody>
    </div>
  );
}
