import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PlainButton } from "@/components/plain-button";

interface CodeFormProps {
  label: string;
  description?: string;
  isNumeric?: boolean;
  action: ReactNode;
  submit: (code: string) => Promise<void>;
  onBack: () => void;
}

/** One code of a second factor. */
export function CodeForm({ label, description, isNumeric, action, submit, onBack }: CodeFormProps) {
  const form = useApiForm<{ code: string }>({ defaultValues: { code: "" }, submit: ({ code }) => submit(code) });
  return (
    <ApiFormBody
      form={form}
      actions={
        <>
          <PlainButton variant="tertiary" onClick={onBack}>
            <Trans>返回</Trans>
          </PlainButton>
          <SubmitButton control={form.control}>{action}</SubmitButton>
        </>
      }
    >
      <TextInput
        control={form.control}
        name="code"
        label={label}
        description={description}
        isRequired
        autoComplete="one-time-code"
        inputMode={isNumeric ? "numeric" : "text"}
        maxLength={20}
      />
    </ApiFormBody>
  );
}
