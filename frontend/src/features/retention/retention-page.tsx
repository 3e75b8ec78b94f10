import { useLingui } from "@lingui/react/macro";
import { PageHeader } from "@/components/page-header";
import { QueryState } from "@/components/states/query-state";
import { HoldsCard } from "./holds-card";
import { PreviewCard } from "./preview-card";
import { useRuns, useTerms } from "./queries";
import { ReportsCard } from "./reports-card";
import { TermsCard } from "./terms-card";

/** How long what is known about students is kept: what falls due next, what was done, what stops it, and the terms. */
export function RetentionPage() {
  const { t } = useLingui();
  const terms = useTerms();
  const runs = useRuns();
  return (
    <>
      <PageHeader
        title={t`信息保存`}
        description={t`学生离校满规定年限后，系统按类别删除不再需要的信息。先预演、后处理，处理前公示七天，每次都有报告。`}
      />
      <QueryState query={terms}>
        {(found) => (
          <div className="flex flex-col gap-4">
            <QueryState query={runs} size="panel">
              {({ pages }) => (
                <PreviewCard
                  run={pages[0]?.items.find((run) => run.is_newest)}
                  running={pages[0]?.items.find((run) => run.state === "working")?.id}
                  mayApply={found.may_apply}
                />
              )}
            </QueryState>
            {found.may_approve && <HoldsCard />}
            <TermsCard terms={found} />
            <ReportsCard runs={runs} />
          </div>
        )}
      </QueryState>
    </>
  );
}
