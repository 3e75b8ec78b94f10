import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import type { InterventionShown } from "@/api";
import { Facts } from "@/components/facts";
import { PageHeader } from "@/components/page-header";
import { Paper } from "@/components/print/paper";
import { PrintButton } from "@/components/print/print-button";
import { WordButton } from "@/components/print/word-button";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { StatusChip } from "@/components/status-chip";
import { formatDay, formatInstant } from "@/lib/texts/format";
import { CorrectDialog } from "./correct-dialog";
import { AttendanceChip } from "./parts/attendance-chip";
import { useIntervention } from "./queries";
import { RecordPaper } from "./record-paper";
import { useRecordWords } from "./use-record-words";
import { VersionList } from "./version-list";
import { VoidDialog } from "./void-dialog";

const route = getRouteApi("/staff/interventions/$interventionId");

export function InterventionPage() {
  const { interventionId } = route.useParams();
  return <QueryState query={useIntervention(interventionId)}>{(record) => <InterventionRecord record={record} />}</QueryState>;
}

/** One record as its paper form shows it, with every correction. */
function InterventionRecord({ record }: { record: InterventionShown }) {
  const { t } = useLingui();
  const [dialog, setDialog] = useState<"correct" | "void">();
  const { kind, kindName, formFacts } = useRecordWords(record.kind);
  return (
    <>
      <Paper>{() => <RecordPaper record={record} />}</Paper>
      <PageHeader
        title={kind ? kind.form : kindName}
        tabTitle={t`帮扶记录`}
        isScreenOnly
        trail={[{ label: t`帮扶记录`, to: "/interventions" }]}
        actions={
          <>
            <PrintButton />
            <WordButton path={`/api/v1/interventions/${record.id}/form.docx`} fileName={t`记录表.docx`} />
            {record.may_correct && (
              <>
                <Button variant="tertiary" size="sm" onPress={() => setDialog("void")}>
                  <Trans>作废</Trans>
                </Button>
                <Button size="sm" onPress={() => setDialog("correct")}>
                  <Trans>更正</Trans>
                </Button>
              </>
            )}
          </>
        }
      />
      {record.voided_at && (
        <p role="status" className="mb-4 rounded-lg bg-danger-soft print:hidden px-3 py-2 text-danger-soft-foreground text-sm">
          {t`已作废（${formatInstant(record.voided_at)}）：${record.voided_reason ?? ""}`}
        </p>
      )}
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_22rem] print:hidden">
        <SectionCard title={t`记录内容`}>
          <Facts
            facts={[
              {
                label: t`学生`,
                value: (
                  <Link to="/students/$studentId" params={{ studentId: record.student.id }} className="text-link hover:underline">
                    {record.student.name}
                  </Link>
                ),
              },
              { label: t`班级`, value: record.student.class_name },
              {
                label: t`日期`,
                value: (
                  <span className="tnum">
                    {formatDay(record.held_on)} {record.is_backfilled && <StatusChip>{t`${formatDay(record.entered_on)} 补录`}</StatusChip>}
                  </span>
                ),
              },
              { label: t`时长`, value: t`${record.minutes} 分钟` },
              { label: t`实施人`, value: record.doer },
              { label: t`出席`, value: <AttendanceChip attendance={record.attendance} /> },
              { label: t`地点`, value: record.place },
              { label: t`参加人员`, value: record.with_whom },
              { label: t`对应措施`, value: record.measure_title, isSensitive: true },
              { label: t`填表人`, value: record.entered_by },
            ]}
          />
          <div className="mt-4 flex flex-col gap-4 border-separator border-t pt-4">
            <Facts columns={1} facts={formFacts(record.form)} />
            <Facts
              columns={1}
              facts={[
                { label: t`情况记录`, value: <span className="whitespace-pre-line">{record.went ?? "—"}</span>, isSensitive: true },
                { label: t`后续安排`, value: <span className="whitespace-pre-line">{record.follow_up ?? "—"}</span>, isSensitive: true },
              ]}
            />
          </div>
        </SectionCard>
        <SectionCard title={t`更正记录`} className="h-fit" description={t`每次更正都保留原来的内容和理由。`}>
          <VersionList record={record} />
          {record.session_id && (
            <Link
              to="/interventions"
              search={{ session: record.session_id }}
              className="mt-3 block rounded text-link text-sm hover:underline"
            >
              <Trans>同一次小组活动的全部记录</Trans>
            </Link>
          )}
        </SectionCard>
      </div>
      {dialog === "correct" && <CorrectDialog record={record} onClose={() => setDialog(undefined)} />}
      {dialog === "void" && <VoidDialog interventionId={record.id} onClose={() => setDialog(undefined)} />}
    </>
  );
}
