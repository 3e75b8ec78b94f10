import { useLingui } from "@lingui/react/macro";
import type { DossierFile } from "@/api";
import { PrintCover } from "@/components/print/print-cover";
import { useMe } from "@/lib/session/session-store";
import { formatDay, today } from "@/lib/texts/format";
import { leadOf } from "./lead-of";

/** Cover and contents, on paper only. */
export function DossierCover({ file }: { file: DossierFile }) {
  const { t } = useLingui();
  const { school } = useMe();
  const { basic } = file;
  const parts = [
    file.plan !== undefined && { id: "plan", title: t`帮扶计划` },
    (file.evidence !== undefined || file.interventions.length > 0) && { id: "interventions", title: t`帮扶记录` },
    file.academic && { id: "results", title: t`学业成绩` },
    file.recognitions && { id: "recognitions", title: t`认定情况` },
    file.evidence && { id: "evidence", title: t`认定依据` },
    file.radar && { id: "radar", title: t`四维雷达` },
    { id: "profile", title: t`基本信息` },
    { id: "timeline", title: t`时间线` },
  ].filter((part) => !!part);
  return (
    <PrintCover
      school={school.name}
      title={t`一生一档`}
      contentsTitle={t`目录`}
      contents={parts}
      lines={[
        { label: t`姓名`, value: basic.name },
        { label: t`班级`, value: basic.class?.name ?? "" },
        { label: t`学号`, value: basic.student_number ?? "" },
        { label: t`档案编号`, value: file.file?.number ?? "" },
        { label: t`建档日期`, value: file.file ? formatDay(file.file.opened_on) : "" },
        { label: t`责任人`, value: leadOf(file)?.name ?? "" },
        { label: t`打印日期`, value: formatDay(today()) },
      ]}
    />
  );
}
