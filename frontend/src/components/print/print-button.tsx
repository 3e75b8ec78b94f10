import { Trans } from "@lingui/react/macro";
import { Printer } from "lucide-react";
import { PlainButton } from "../plain-button";

export function PrintButton() {
  return (
    <PlainButton variant="secondary" size="sm" onClick={() => window.print()}>
      <Printer aria-hidden />
      <Trans>打印</Trans>
    </PlainButton>
  );
}
