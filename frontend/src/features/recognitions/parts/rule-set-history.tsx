import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import type { RuleSetShown } from "@/api";
import { notify, notifyError } from "@/components/feedback/notify";
import { SectionCard } from "@/components/section-card";
import { StatusChip, type Tone } from "@/components/status-chip";
import { useMe } from "@/lib/session/session-store";
import { formatDay } from "@/lib/texts/format";
import { useRuleMutations } from "../queries";

const tones: Record<RuleSetShown["state"], Tone> = { draft: "info", adopted: "success", retired: "neutral" };

/** All versions; a draft is adopted by somebody other than who wrote it. */
export function RuleSetHistory({ items }: { items: RuleSetShown[] }) {
  const { t } = useLingui();
  const me = useMe();
  const { adopt } = useRuleMutations();
  const states = { draft: t`草稿`, adopted: t`启用中`, retired: t`已停用` };
  const onAdopt = (rule_set_id: string) =>
    adopt.mutate({ path: { rule_set_id } }, { onSuccess: () => notify(t`已启用`, t`请重新计算系统建议。`), onError: notifyError });
  return (
    <SectionCard title={t`版本`}>
      <ul className="flex flex-col gap-3 text-sm">
        {items.map((one) => (
          <li key={one.id} className="flex flex-col gap-1 border-border border-b pb-3 last:border-0 last:pb-0">
            <div className="flex items-center gap-2">
              <span className="font-medium">{t`第 ${one.number} 版`}</span>
              <StatusChip tone={tones[one.state]}>{states[one.state]}</StatusChip>
              <span className="ml-auto text-muted text-xs">{formatDay(one.adopted_at ?? one.created_at)}</span>
            </div>
            {one.reason && <p className="text-muted">{one.reason}</p>}
            {one.state === "draft" &&
              (one.created_by === me.account.id ? (
                <p className="text-muted text-xs">{t`须由起草人以外的人批准。`}</p>
              ) : (
                <Button size="sm" className="self-start" onPress={() => onAdopt(one.id)} isPending={adopt.isPending}>
                  <Trans>批准启用</Trans>
                </Button>
              ))}
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}
