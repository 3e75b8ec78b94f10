import { useLingui } from "@lingui/react/macro";
import { Ban, CircleCheck, KeyRound } from "lucide-react";
import type { AccountRow } from "@/api/types.gen";
import { StatusChip } from "@/components/status-chip";

export function AccountStatus({ account }: { account: AccountRow }) {
  const { t } = useLingui();
  if (account.is_disabled)
    return (
      <StatusChip tone="danger" icon={Ban}>
        {t`已停用`}
      </StatusChip>
    );
  if (account.must_change_password)
    return (
      <StatusChip tone="warning" icon={KeyRound}>
        {t`待首次登录`}
      </StatusChip>
    );
  return (
    <StatusChip tone="success" icon={CircleCheck}>
      {t`正常`}
    </StatusChip>
  );
}
