import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { NotebookPen, UserRoundCog } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { DossierFile } from "@/api";
import { PageHeader } from "@/components/page-header";
import { PrintButton } from "@/components/print/print-button";
import { WordButton } from "@/components/print/word-button";
import { StatusChip } from "@/components/status-chip";
import { AccessLink } from "@/features/audit/parts/access-link";
import { ConsentsLink } from "@/features/consents/parts/consents-link";
import { CategoryChip } from "@/features/recognitions/parts/category-chip";
import { formatDay } from "@/lib/texts/format";
import { sexLabels, statusLabels } from "./labels";
import { leadOf } from "./lead-of";
import { useMayLead } from "./use-may-lead";
import { useOffers } from "./use-offers";

const CaseLeadDialog = lazy(() => import("./case-lead-dialog").then((m) => ({ default: m.CaseLeadDialog })));
const CloseDialog = lazy(() => import("./close-dialog").then((m) => ({ default: m.CloseDialog })));

/** Who it is, where the case stands, who leads it, and what one can do. */
export function DossierHeader({ file }: { file: DossierFile }) {
  const { t, i18n } = useLingui();
  const [dialog, setDialog] = useState<"lead" | "close">();
  const mayLead = useMayLead();
  const { record: isRecordOffered } = useOffers(file);
  const { basic } = file;
  const lead = leadOf(file);
  const status = statusLabels[basic.status];
  const running = (file.recognitions ?? []).filter(({ state }) => state === "recognised");
  const isOpen = !!file.file && file.file.closed_on === null;
  const sex = sexLabels[basic.sex];
  return (
    <>
      <PageHeader
        title={basic.name}
        tabTitle={t`学生档案`}
        isScreenOnly
        trail={[{ label: t`学生`, to: "/students" }]}
        description={[basic.class?.name, basic.student_number && t`学号 ${basic.student_number}`, sex && i18n._(sex)]
          .filter(Boolean)
          .join(" · ")}
        actions={
          <>
            <AccessLink studentId={file.id} />
            {file.contact && <ConsentsLink studentId={file.id} />}
            <PrintButton />
            <WordButton path={`/api/v1/students/${file.id}/dossier.docx`} fileName={t`学生档案.docx`} />
            {isRecordOffered && (
              <Link
                to="/interventions/new"
                search={{ student: file.id }}
                className="inline-flex h-8 items-center gap-1.5 rounded-md bg-accent px-3 font-medium text-accent-foreground text-sm hover:bg-accent-hover"
              >
                <NotebookPen aria-hidden className="size-4" />
                <Trans>记录帮扶</Trans>
              </Link>
            )}
          </>
        }
      />
      <section
        aria-label={t`概览`}
        className="mb-4 flex flex-wrap items-center gap-x-6 gap-y-3 rounded-lg bg-surface p-4 shadow-surface print:hidden"
      >
        <span
          aria-hidden
          className="grid size-14 shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent-soft-foreground text-xl"
        >
          {basic.name.slice(0, 1)}
        </span>
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5">
          {status && <StatusChip tone={status.tone}>{i18n._(status.label)}</StatusChip>}
          {running.map(({ id, category, support_level }) => (
            <CategoryChip key={id} category={category} level={support_level} />
          ))}
          {file.recognitions && running.length === 0 && (
            <span className="text-muted text-sm">
              <Trans>目前没有认定</Trans>
            </span>
          )}
        </div>
        <dl className="flex flex-wrap gap-x-8 gap-y-2 text-sm">
          {file.file && (
            <>
              <Pair label={t`档案编号`} value={<span className="tnum">{file.file.number}</span>} />
              <Pair
                label={t`帮扶责任人`}
                value={
                  <span className="inline-flex items-center gap-1.5">
                    {lead?.name ?? t`尚未确定`}
                    {mayLead && isOpen && (
                      <button
                        type="button"
                        onClick={() => setDialog("lead")}
                        className="inline-flex cursor-pointer items-center gap-1 rounded text-link text-xs hover:underline"
                        data-print="hide"
                      >
                        <UserRoundCog aria-hidden className="size-3.5" />
                        {lead ? t`交接` : t`指定`}
                      </button>
                    )}
                  </span>
                }
              />
            </>
          )}
          {file.plan && <Pair label={t`下次评估`} value={<span className="tnum">{formatDay(file.plan.next_review_on)}</span>} />}
          {file.file && (
            <Pair
              label={isOpen ? t`建档` : t`已结案`}
              value={
                <span className="tnum inline-flex items-center gap-1.5">
                  {formatDay(isOpen ? file.file.opened_on : file.file.closed_on)}
                  {isOpen && mayLead && running.length === 0 && (
                    <button
                      type="button"
                      onClick={() => setDialog("close")}
                      className="cursor-pointer rounded text-link text-xs hover:underline"
                    >
                      <Trans>结案</Trans>
                    </button>
                  )}
                </span>
              }
            />
          )}
        </dl>
      </section>
      {lead?.handover_note && (
        <section className="mb-4 rounded-lg bg-info-soft px-4 py-3 text-info-soft-foreground text-sm print:hidden" data-sensitive>
          <p className="font-medium">
            <Trans>交接说明（只有您能看到）</Trans>
          </p>
          <p className="mt-1 whitespace-pre-line">{lead.handover_note}</p>
        </section>
      )}
      <Suspense fallback={null}>
        {dialog === "lead" && <CaseLeadDialog studentId={file.id} onClose={() => setDialog(undefined)} />}
        {dialog === "close" && <CloseDialog studentId={file.id} onClose={() => setDialog(undefined)} />}
      </Suspense>
    </>
  );
}

function Pair({ label, value }: { label: string; value: React.ReactNode }) {
  return (
    <div>
      <dt className="text-muted text-xs">{label}</dt>
      <dd className="font-medium">{value}</dd>
    </div>
  );
}
