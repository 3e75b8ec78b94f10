import { useLingui } from "@lingui/react/macro";
import { SearchX } from "lucide-react";
import { StateMessage } from "./state-message";

export function NotFoundState() {
  const { t } = useLingui();
  return (
    <StateMessage icon={SearchX} title={t`找不到这个页面或记录`}>
      {t`它可能已被移走，或不在您负责的范围内。`}
    </StateMessage>
  );
}
