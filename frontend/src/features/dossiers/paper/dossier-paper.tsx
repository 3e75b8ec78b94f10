import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { DossierFile } from "@/api";
import { PaperSection } from "@/components/print/paper-section";
import { PrintCover } from "@/components/print/print-cover";
import { SignatureLine } from "@/components/print/signature-line";
import { dataClassLabel } from "@/lib/session/data-class-label";
import { useMe } from "@/lib/session/session-store";
import { formatDay, today } from "@/lib/texts/format";
import { leadOf } from "../lead-of";
import { EvidencePaper, InterventionsPaper, PlanPart, RecognitionsPaper, TimelinePaper } from "./case-papers";
import { AcademicPaper, BasicPaper, CircumstancesPaper, ContactPaper, RadarPaper, SupportNeedsPaper } from "./profile-papers";

/** 一生一档 on paper, in the order of the paper form: what the reader may see, and the names of what they may not. */
export function DossierPaper({ file }: { file: DossierFile }) {
  const { t, i18n } = useLingui();
  const { school, account } = useMe();
  const sections: [string, string, ReactNode][] = [];
  const add = (isShown: unknown, id: string, title: string, part: ReactNode) => isShown && sections.push([id, title, part]);
  add(true, "basic", t`基本信息`, <BasicPaper file={file} />);
  add(file.contact, "contact", t`家庭与联系方式`, <ContactPaper file={file} />);
  add(file.family || file.economic || file.health, "circumstances", t`家庭、经济与健康情况`, <CircumstancesPaper file={file} />);
  add(file.support_needs, "support-needs", t`支持需求`, file.support_needs && <SupportNeedsPaper needs={file.support_needs} />);
  add(file.recognitions, "recognitions", t`认定情况`, <RecognitionsPaper recognitions={file.recognitions ?? []} />);
  add(file.evidence, "evidence", t`认定依据`, <EvidencePaper evidence={file.evidence ?? []} />);
  add(file.plan, "plan", t`帮扶计划（一生一策）`, file.plan && <PlanPart plan={file.plan} />);
  add(file.evidence || file.interventions.length > 0, "interventions", t`帮扶记录`, <InterventionsPaper rows={file.interventions} />);
  add(file.academic, "academic", t`学业成绩与考勤`, file.academic && <AcademicPaper academic={file.academic} />);
  add(file.radar, "radar", t`四维进展`, file.radar && <RadarPaper radar={file.radar} />);
  add(true, "timeline", t`时间线`, <TimelinePaper entries={file.timeline.items} />);
  const unseen = file.hidden_cases.filter((one) => !file.hidden.includes(one));
  const named = (classes: string[]) => classes.map((one) => dataClassLabel(one, i18n)).join(t`、`);
  return (
    <>
      <PrintCover
        school={school.name}
        title={t`一生一档`}
        contentsTitle={t`目录`}
        contents={sections.map(([id, title]) => ({ id, title }))}
        lines={[
          { label: t`姓名`, value: file.basic.name },
          { label: t`班级`, value: file.basic.class?.name ?? "" },
          { label: t`学号`, value: file.basic.student_number ?? "" },
          { label: t`档案编号`, value: file.file?.number ?? "" },
          { label: t`建档日期`, value: file.file ? formatDay(file.file.opened_on) : "" },
          { label: t`责任人`, value: leadOf(file)?.name ?? "" },
          { label: t`打印日期`, value: formatDay(today()) },
        ]}
      />
      {sections.map(([id, title, part], index) => (
        <PaperSection key={id} id={id} number={index + 1} title={title}>
          {part}
        </PaperSection>
      ))}
      {file.hidden.length > 0 && <p>{t`以下内容按权限未列入本件：${named(file.hidden)}。`}</p>}
      {unseen.length > 0 && <p>{t`以下方面的认定、计划和帮扶记录按权限未列入本件：${named(unseen)}。`}</p>}
      <p>{t`打印人：${account.display_name}　　打印日期：${formatDay(today())}`}</p>
      <SignatureLine />
    </>
  );
}
