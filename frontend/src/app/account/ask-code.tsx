import { Trans, useLingui } from "@lingui/react/macro";
import { CodeForm } from "../second-factor/code-form";

/** A code of the second factor in use, before it is changed: a screen left open is not enough. */
export function AskCode({ submit, onBack }: { submit: (code: string) => Promise<void>; onBack: () => void }) {
  const { t } = useLingui();
  return (
    <div className="max-w-sm">
      <CodeForm
        label={t`现在的验证码`}
        description={t`验证器的 6 位数字，或一个没用过的恢复码、打印码。`}
        action={<Trans>继续</Trans>}
        submit={submit}
        onBack={onBack}
      />
    </div>
  );
}
