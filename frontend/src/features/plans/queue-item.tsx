import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Deviation } from "@/api";
import { StatusChip } from "@/components/status-chip";
import { TickBox } from "@/components/table/tick-box";
import { CategoryChip } from "@/features/recognitions/parts/category-chip";
import { currentLocale } from "@/lib/texts/locale";
import { ChangeList } from "./parts/change-list";

interface QueueItemProps {
  deviation: Deviation;
  isTicked: boolean;
  onToggle: () => void;
}

const shownAtOnce = 3;

/** One submitted plan: whether it is as its template says, and where it differs. */
export function QueueItem({ deviation, isTicked, onToggle }: QueueItemProps) {
  const { t } = useLingui();
  const [isWhole, setWhole] = useState(false);
  const { plan, changes, gaps } = deviation;
  const shown = isWhole ? changes : changes.slice(0, shownAtOnce);
  return (
    <div className="rounded-lg bg-surface px-3 py-2.5 shadow-surface">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        {plan.may_approve && <TickBox label={t`选中 ${plan.student.name}`} isTicked={isTicked} onToggle={onToggle} />}
        <Link to="/plans/$planId" params={{ planId: plan.id }} className="font-medium text-sm hover:underline">
          {plan.student.name}
        </Link>
        <span className="text-muted text-sm">{plan.student.class_name}</span>
        {plan.categories.map((one) => (
          <CategoryChip key={one} category={one} level={plan.support_level} />
        ))}
        <span className="text-muted text-xs" data-sensitive>
          {plan.template_name ?? t`未用模板`}
        </span>
        <span className="flex-1" />
        {gaps.length > 0 ? (
          <StatusChip tone="danger">{t`不完整`}</StatusChip>
        ) : (
          !plan.may_approve && <StatusChip>{t`须由他人审批`}</StatusChip>
        )}
        {plan.template_name !== null &&
          (changes.length === 0 ? (
            <StatusChip tone="success">{t`与模板一致`}</StatusChip>
          ) : (
            <StatusChip tone="warning">
              <Trans>{changes.length} 处不同</Trans>
            </StatusChip>
          ))}
      </div>
      {gaps.length > 0 && (
        <p className="mt-2 text-danger text-sm sm:pl-9" data-sensitive>
          {gaps
            .slice(0, shownAtOnce)
            .map((gap) => (currentLocale() === "en" ? gap.en : gap.zh))
            .join(" ")}
        </p>
      )}
      {changes.length > 0 && (
        <div className="mt-2 sm:pl-9">
          <ChangeList changes={shown} />
          {changes.length > shown.length && (
            <button type="button" onClick={() => setWhole(true)} className="mt-2 cursor-pointer rounded text-link text-sm hover:underline">
              {t`再显示 ${changes.length - shown.length} 处`}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
