import { Trans, useLingui } from "@lingui/react/macro";
import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { SupportNeedLine, SupportNeedShown } from "@/api";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { StatusChip } from "@/components/status-chip";
import { useMe } from "@/lib/session/session-store";
import { formatDay } from "@/lib/texts/format";
import { useSupportNeeds } from "../queries";

const NeedDialog = lazy(() => import("./need-dialog").then((module) => ({ default: module.NeedDialog })));

interface SupportNeedsCardProps {
  studentId: string;
  /** Those in force, as the file shows them. */
  inForce: SupportNeedLine[];
}

/** 支持需求: what teachers do for this child, in sentences that name no illness. Whoever may write adds, changes and ends them here. */
export function SupportNeedsCard({ studentId, inForce }: SupportNeedsCardProps) {
  const { t } = useLingui();
  const { data } = useSupportNeeds(studentId, !!useMe().rights.support_needs?.write);
  const [editing, setEditing] = useState<SupportNeedShown | "new">();
  const standing = data?.may_write ? data.items.filter(({ state }) => state !== "ended") : undefined;
  const lines: (SupportNeedLine & Partial<SupportNeedShown>)[] = standing ?? inForce;
  return (
    <SectionCard
      title={t`支持需求`}
      description={t`老师请这样做。不写病名或诊断。`}
      actions={
        data?.may_write && (
          <PlainButton size="sm" variant="secondary" onClick={() => setEditing("new")}>
            <Plus aria-hidden />
            <Trans>登记</Trans>
          </PlainButton>
        )
      }
    >
      {lines.length === 0 && (
        <p className="text-muted text-sm">
          <Trans>没有登记支持需求。</Trans>
        </p>
      )}
      <ul className="flex flex-col divide-y divide-border text-sm" data-sensitive>
        {lines.map((one) => (
          <Need key={one.id} need={one} onEdit={standing && (() => setEditing(one as SupportNeedShown))} />
        ))}
      </ul>
      <Suspense fallback={null}>
        {editing && (
          <NeedDialog
            studentId={studentId}
            need={editing === "new" ? undefined : editing}
            suggested={data?.suggested ?? []}
            onClose={() => setEditing(undefined)}
          />
        )}
      </Suspense>
    </SectionCard>
  );
}

function Need({ need, onEdit }: { need: SupportNeedLine & Partial<SupportNeedShown>; onEdit?: () => void }) {
  const { t } = useLingui();
  const last = formatDay(need.until_on);
  return (
    <li className="flex flex-wrap items-center gap-2 py-2">
      <span className="font-medium">{need.sentence}</span>
      {need.state === "lapsed" && (
        <StatusChip tone="warning">
          <Trans>已到期</Trans>
        </StatusChip>
      )}
      {need.until_on && <span className="text-muted text-xs">{t`至 ${last}`}</span>}
      <span className="flex-1" />
      {onEdit && (
        <button
          type="button"
          className="cursor-pointer rounded text-link text-xs hover:underline"
          aria-label={t`修改“${need.sentence}”`}
          onClick={onEdit}
          data-print="hide"
        >
          <Trans>修改</Trans>
        </button>
      )}
    </li>
  );
}
