import { Trans, useLingui } from "@lingui/react/macro";
import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import type { Hold } from "@/api";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { StatusChip } from "@/components/status-chip";
import { LoadMore } from "@/components/table/load-more";
import { formatInstant } from "@/lib/texts/format";
import { LiftDialog, PlaceDialog } from "./hold-dialogs";
import { useHolds } from "./queries";

/** 法律保全: whose information is not erased, and why. */
export function HoldsCard() {
  const { t } = useLingui();
  const holds = useHolds();
  const [isPlacing, setPlacing] = useState(false);
  const [lifting, setLifting] = useState<Hold | null>(null);
  return (
    <SectionCard
      title={t`法律保全`}
      description={t`涉及诉讼、调查、举报的学生，解除保全之前任何信息都不删除，数据库本身也会拒绝。`}
      actions={
        <PlainButton size="sm" variant="secondary" onClick={() => setPlacing(true)}>
          <Trans>设置保全</Trans>
        </PlainButton>
      }
    >
      <QueryState query={holds} size="panel">
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <EmptyState title={t`没有法律保全`}>{t`收到法院、公安或上级的保全要求时，请在这里设置。`}</EmptyState>
          ) : (
            <>
              <ul className="flex flex-col">
                {items.map((hold) => (
                  <HoldLine key={hold.id} hold={hold} onLift={() => setLifting(hold)} />
                ))}
              </ul>
              {holds.hasNextPage && (
                <LoadMore hasMore isLoading={holds.isFetchingNextPage} onMore={() => void holds.fetchNextPage()} shown={items.length} />
              )}
            </>
          );
        }}
      </QueryState>
      {isPlacing && <PlaceDialog onClose={() => setPlacing(false)} />}
      {lifting && <LiftDialog hold={lifting} onClose={() => setLifting(null)} />}
    </SectionCard>
  );
}

function HoldLine({ hold, onLift }: { hold: Hold; onLift: () => void }) {
  const { t } = useLingui();
  const isOver = hold.lifted_at !== null;
  return (
    <li className="flex flex-wrap items-start justify-between gap-2 border-separator border-b py-2 text-sm last:border-b-0">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{hold.student_id ? hold.student_name : t`全校学生`}</span>
          {isOver ? (
            <StatusChip>{t`已解除`}</StatusChip>
          ) : (
            <StatusChip tone="info" icon={ShieldCheck}>
              {t`保全中`}
            </StatusChip>
          )}
        </p>
        <p data-sensitive>{hold.reason}</p>
        <p className="tnum text-muted text-xs">{t`${hold.created_by_name ?? "—"} 设置于 ${formatInstant(hold.created_at)}`}</p>
        {isOver && (
          <p className="tnum text-muted text-xs">
            {t`${hold.lifted_by_name ?? "—"} 解除于 ${formatInstant(hold.lifted_at)}：${hold.lift_reason ?? ""}`}
          </p>
        )}
      </div>
      {!isOver && (
        <PlainButton size="sm" variant="tertiary" onClick={onLift}>
          <Trans>解除</Trans>
        </PlainButton>
      )}
    </li>
  );
}
