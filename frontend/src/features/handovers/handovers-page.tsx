import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { HandoverShown } from "@/api/types.gen";
import { PageHeader } from "@/components/page-header";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { formatDay } from "@/lib/texts/format";
import { postLabels } from "./labels";
import { HandoverNote } from "./parts/handover-note";
import { useHandovers } from "./queries";

const WriteDialog = lazy(() => import("./write-dialog").then((module) => ({ default: module.WriteDialog })));

/** 交接记录: what I have to write for those who follow me, and what was written for me. */
export function HandoversPage() {
  const { t } = useLingui();
  return (
    <>
      <PageHeader title={t`交接记录`} description={t`换班主任、帮扶责任人或心理教师时，原任为接手人逐名写明。内容加密，只有接手人能看。`} />
      <QueryState query={useHandovers()}>
        {({ to_read, to_write }) =>
          to_read.length + to_write.length === 0 ? (
            <EmptyState title={t`没有待办的交接`}>{t`有人接手您的学生，或您接手别人的学生时，会在这里和首页提醒。`}</EmptyState>
          ) : (
            <div className="flex flex-col gap-4">
              {to_read.map((one) => (
                <HandoverNote key={one.id} handover={one} />
              ))}
              {to_write.length > 0 && <ToWrite handovers={to_write} />}
            </div>
          )
        }
      </QueryState>
    </>
  );
}

function ToWrite({ handovers }: { handovers: HandoverShown[] }) {
  const { t, i18n } = useLingui();
  const [written, setWritten] = useState<HandoverShown>();
  return (
    <SectionCard title={t`待我写的交接`}>
      <ul className="flex flex-col">
        {handovers.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center justify-between gap-3 border-separator border-b py-2.5 last:border-b-0">
            <div>
              <p className="font-medium">
                {one.student_name} <span className="font-normal text-muted text-sm">{one.class_name}</span>
              </p>
              <p className="tnum text-muted text-xs">
                {t`${formatDay(one.effective_on)} 起由 ${one.to_name} 接任${i18n._(postLabels[one.post])}`}
              </p>
            </div>
            <PlainButton size="sm" variant="secondary" aria-label={t`写 ${one.student_name} 的交接记录`} onClick={() => setWritten(one)}>
              <Trans>写交接</Trans>
            </PlainButton>
          </li>
        ))}
      </ul>
      {written && (
        <Suspense>
          <WriteDialog handover={written} onClose={() => setWritten(undefined)} />
        </Suspense>
      )}
    </SectionCard>
  );
}
