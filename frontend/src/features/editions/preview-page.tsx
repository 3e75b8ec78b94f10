import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { CircleCheck, Undo2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { EditionShown } from "@/api";
import { PageHeader } from "@/components/page-header";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { ChangeList } from "./change-list";
import { LoadCard } from "./load-card";
import { useEdition, usePreview } from "./queries";

const ApproveDialog = lazy(() => import("./approve-dialog").then((m) => ({ default: m.ApproveDialog })));
const ReturnDialog = lazy(() => import("./return-dialog").then((m) => ({ default: m.ReturnDialog })));
const route = getRouteApi("/staff/editions/$editionId/preview");

/** What would change and what it would cost, before the principal decides. */
export function PreviewPage() {
  const { editionId } = route.useParams();
  return <QueryState query={useEdition(editionId)}>{(edition) => <Preview edition={edition} />}</QueryState>;
}

function Preview({ edition }: { edition: EditionShown }) {
  const { t } = useLingui();
  const [open, setOpen] = useState<"approve" | "return">();
  const close = () => setOpen(undefined);
  return (
    <>
      <PageHeader
        title={t`预览：${edition.name}`}
        trail={[
          { label: t`帮扶方案`, to: "/editions" },
          { label: edition.name, to: `/editions/${edition.id}` },
        ]}
        description={t`批准之前先看：会改变什么，学校做不做得到。`}
        actions={
          <>
            {edition.may.return && (
              <PlainButton size="sm" variant="secondary" onClick={() => setOpen("return")}>
                <Undo2 aria-hidden />
                <Trans>退回</Trans>
              </PlainButton>
            )}
            {edition.may.approve && (
              <PlainButton size="sm" onClick={() => setOpen("approve")}>
                <CircleCheck aria-hidden />
                <Trans>批准</Trans>
              </PlainButton>
            )}
          </>
        }
      />
      <div className="flex flex-col gap-4">
        {edition.may.see_load && <LoadCard editionId={edition.id} />}
        <QueryState query={usePreview(edition.id)}>
          {({ against, changes, unchanged }) => (
            <SectionCard
              title={t`会改变什么`}
              description={
                against
                  ? t`与现行的“${against.name}”逐条对照；${unchanged} 条不变。`
                  : t`还没有现行方案，与系统模板逐条对照；${unchanged} 条不变。`
              }
            >
              {changes.length === 0 ? (
                <p className="text-muted text-sm">{t`没有变化。`}</p>
              ) : (
                <ChangeList changes={changes} phases={edition.phases} />
              )}
            </SectionCard>
          )}
        </QueryState>
      </div>
      <Suspense fallback={null}>
        {open === "approve" && <ApproveDialog edition={edition} onClose={close} />}
        {open === "return" && <ReturnDialog edition={edition} onClose={close} />}
      </Suspense>
    </>
  );
}
