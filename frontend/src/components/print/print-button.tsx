import { Button } from "@heroui/react/button";
import { Trans } from "@lingui/react/macro";
import { Printer } from "lucide-react";

export function PrintButton() {
  return (
    <Button variant="secondary" size="sm" onPress={() => window.print()}>
      <Printer aria-hidden />
      <Trans>打印</Trans>
    </Button>
  );
}
