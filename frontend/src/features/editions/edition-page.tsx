import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { PenLine, Plus, Send } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { EditionClauseShown, EditionShown } from "@/api";
import { notify, notifyError } from "@/components/feedback/notify";
import { PageHeader } from "@/components/page-header";
import { PlainButton } from "@/components/plain-button";
import { Paper } from "@/components/print/paper";
import { PrintButton } from "@/components/print/print-button";
import { QueryState } from "@/components/states/query-state";
import { formatDay } from "@/lib/texts/format";
import { ClauseTable } from "./clause-table";
import { EditionChip } from "./edition-chip";
import { EditionPaper } from "./edition-paper";
import { PartPicker } from "./part-picker";
import { partLabels } from "./parts/owner-labels";
import { useClauses, useEdition, useEditionMutations } from "./queries";
import { TextsCard } from "./texts-card";

const ClauseDialog = lazy(() => import("./clause-dialog").then((m) => ({ default: m.ClauseDialog })));
const MeasureDialog = lazy(() => import("./measure-dialog").then((m) => ({ default: m.MeasureDialog })));
const EditionDialog = lazy(() => import("./edition-dialog").then((m) => ({ default: m.EditionDialog })));
const route = getRouteApi("/staff/editions/$editionId");

/** One programme: its texts, and its clauses part by part. */
export function EditionPage() {
  const { editionId } = route.useParams();
  return <QueryState query={useEdition(editionId)}>{(edition) => <Shown edition={edition} />}</QueryState>;
}

function Shown({ edition }: { edition: EditionShown }) {
  const { t, i18n } = useLingui();
  const { part } = route.useSearch();
  const clauses = useClauses(edition.id);
  const [open, setOpen] = useState<EditionClauseShown | "measure" | "edition">();
  const close = () => setOpen(undefined);
  const mayWrite = edition.may.write_owners.length > 0;
  return (
    <div>
      <PageHeader
        title={edition.name}
        isScreenOnly
        trail={[{ label: t`帮扶方案`, to: "/editions" }]}
        description={<Facts edition={edition} />}
        actions={<Actions edition={edition} onEdit={() => setOpen("edition")} />}
      />
      <div className="flex flex-col gap-4 print:hidden">
        {edition.state === "draft" && edition.returned_reason && (
          <p role="status" className="rounded-lg bg-warning-soft px-3 py-2 text-sm text-warning-soft-foreground">
            {t`校长退回：${edition.returned_reason}`}
          </p>
        )}
        <TextsCard edition={edition} />
        <div className="flex flex-wrap items-center justify-between gap-2">
          <PartPicker part={part} />
          {mayWrite && (
            <PlainButton size="sm" variant="secondary" onClick={() => setOpen("measure")}>
              <Plus aria-hidden />
              <Trans>增设本校措施</Trans>
            </PlainButton>
          )}
        </div>
        <QueryState query={clauses}>
          {({ items }) => (
            <>
              {(Object.keys(partLabels) as EditionClauseShown["part"][])
                .filter((one) => !part || one === part)
                .map((one) => (
                  <ClauseTable
                    key={one}
                    title={i18n._(partLabels[one])}
                    clauses={items.filter((row) => row.part === one)}
                    phases={edition.phases}
                    onEdit={setOpen}
                  />
                ))}
            </>
          )}
        </QueryState>
      </div>
      <Paper>{() => <EditionPaper edition={edition} clauses={clauses.data?.items ?? []} />}</Paper>
      <Suspense fallback={null}>
        {open === "measure" && <MeasureDialog edition={edition} onClose={close} />}
        {open === "edition" && <EditionDialog edition={edition} onClose={close} />}
        {typeof open === "object" && <ClauseDialog edition={edition} clause={open} onClose={close} />}
      </Suspense>
    </div>
  );
}

function Facts({ edition }: { edition: EditionShown }) {
  const { t } = useLingui();
  const from = formatDay(edition.in_force_from);
  const until = formatDay(edition.in_force_until);
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <EditionChip edition={edition} />
      <span>{`${formatDay(edition.starts_on)} — ${formatDay(edition.ends_on)}`}</span>
      {edition.in_force_from && <span>{t`${from} 起执行`}</span>}
      {edition.in_force_until && <span>{t`${until} 起由新方案替代`}</span>}
      {edition.approved_by_name && <span>{t`批准人：${edition.approved_by_name}`}</span>}
    </span>
  );
}

function Actions({ edition, onEdit }: { edition: EditionShown; onEdit: () => void }) {
  const { t } = useLingui();
  const { submit } = useEditionMutations();
  const send = () =>
    submit.mutateAsync({ path: { edition_id: edition.id } }).then(
      () => notify(t`已提交，等校长批准`),
      (error: unknown) => notifyError(error),
    );
  const isMade = edition.state === "draft" || edition.state === "submitted";
  const link = "button button--secondary button--sm";
  return (
    <>
      <PrintButton />
      {edition.may.edit && (
        <PlainButton size="sm" variant="secondary" onClick={onEdit}>
          <PenLine aria-hidden />
          <Trans>修改总则</Trans>
        </PlainButton>
      )}
      {!isMade && edition.previous_id && (
        <Link to="/editions/$editionId/compare" params={{ editionId: edition.id }} className={link}>
          <Trans>与上年对照</Trans>
        </Link>
      )}
      {isMade && (
        <Link to="/editions/$editionId/preview" params={{ editionId: edition.id }} className={link}>
          {edition.may.approve ? <Trans>预览和审批</Trans> : <Trans>预览</Trans>}
        </Link>
      )}
      {edition.may.submit && (
        <PlainButton size="sm" isPending={submit.isPending} onClick={() => void send()}>
          <Send aria-hidden />
          <Trans>提交校长</Trans>
        </PlainButton>
      )}
    </>
  );
}
