import { Trans } from "@lingui/react/macro";
import { confirmEnrolment } from "@/lib/session/second-factor";
import { CodeForm } from "./code-form";

interface ConfirmCodeProps {
  label: string;
  isNumeric?: boolean;
  onConfirmed: (recoveryCodes: string[]) => void;
  onBack: () => void;
}

/** The first code: from then on the second factor counts. */
export function ConfirmCode({ label, isNumeric, onConfirmed, onBack }: ConfirmCodeProps) {
  return (
    <div data-print="hide">
      <CodeForm
        label={label}
        isNumeric={isNumeric}
        action={<Trans>完成设置</Trans>}
        submit={async (code) => onConfirmed(await confirmEnrolment(code))}
        onBack={onBack}
      />
    </div>
  );
}
