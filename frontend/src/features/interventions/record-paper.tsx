import { useLingui } from "@lingui/react/macro";
import type { InterventionShown } from "@/api";
import { PaperFacts } from "@/components/print/paper-facts";
import { SignatureLine } from "@/components/print/signature-line";
import { useMe } from "@/lib/session/session-store";
import { paperDay } from "@/lib/texts/format";
import { useRecordWords } from "./use-record-words";

/** Millimetres: a line, room for a few sentences, and what a sheet has left beside the head of the form. */
const line = 9;
const hand = 18;
const sheet = 148;

/** The record on its paper form: 家访记录表, 谈心谈话记录表 …, one sheet with room to sign. */
export function RecordPaper({ record }: { record: InterventionShown }) {
  const { t } = useLingui();
  const { school } = useMe();
  const { kind, kindName, formFacts, shown } = useRecordWords(record.kind);
  const held = paperDay(record.held_on) + (record.is_backfilled ? t`（${paperDay(record.entered_on)} 补录）` : "");
  const fields = formFacts(record.form).map(({ label, value }, index) => ({
    label,
    value: value === "—" ? "" : value,
    height: kind?.fields[index]?.type === "text" ? hand : line,
  }));
  const left = Math.max(2 * hand, sheet - fields.reduce((sum, { height }) => sum + height, 0) - (record.measure_title ? line : 0));
  return (
    <>
      <p className="school">{school.name}</p>
      <h1>{kind ? kind.form : kindName}</h1>
      {record.voided_at && <p>{t`（本记录已作废：${record.voided_reason ?? ""}）`}</p>}
      <PaperFacts
        facts={[
          { label: t`学生姓名`, value: record.student.name, height: line },
          { label: t`班级`, value: record.student.class_name },
          { label: t`日期`, value: held, height: line },
          { label: t`时长`, value: t`${record.minutes} 分钟` },
          { label: t`实施人`, value: record.doer, height: line },
          { label: t`出席`, value: shown("attendance", record.attendance) },
          { label: t`地点`, value: record.place, height: line },
          { label: t`参加人员`, value: record.with_whom },
        ]}
      />
      <PaperFacts
        pairs={1}
        facts={[
          ...(record.measure_title ? [{ label: t`对应措施`, value: record.measure_title, height: line }] : []),
          ...fields,
          { label: t`情况记录`, value: record.went, height: left * 0.65 },
          { label: t`后续安排`, value: record.follow_up, height: left * 0.35 },
        ]}
      />
      <SignatureLine filledBy={record.entered_by ?? undefined} />
    </>
  );
}
