import { useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import type { DossierFile } from "@/api";
import { HiddenNotice } from "@/components/hidden-notice";
import { Paper } from "@/components/print/paper";
import { QueryState } from "@/components/states/query-state";
import { CounsellingCard } from "@/features/counselling/parts/counselling-card";
import { StudentHandovers } from "@/features/handovers/parts/student-handovers";
import { SupportNeedsCard } from "@/features/support-needs/parts/support-needs-card";
import { dataClassLabel } from "@/lib/session/data-class-label";
import { DossierHeader } from "./dossier-header";
import { EvidenceCard } from "./evidence-card";
import { InterventionsCard } from "./interventions-card";
import { DossierPaper } from "./paper/dossier-paper";
import { PlanCard } from "./plan-card";
import { ProfileCards } from "./profile-cards";
import { useDossier } from "./queries";
import { RadarCard } from "./radar-card";
import { RecognitionsCard } from "./recognitions-card";
import { ResultsCard } from "./results-card";
import { TimelineCard } from "./timeline-card";
import { useOffers } from "./use-offers";

const route = getRouteApi("/staff/students/$studentId");

export function DossierPage() {
  const { studentId } = route.useParams();
  return <QueryState query={useDossier(studentId)}>{(file) => <Dossier file={file} />}</QueryState>;
}

/** 一生一档: everything about one student that this reader may see, on one page; on paper with cover and contents. */
function Dossier({ file }: { file: DossierFile }) {
  const { t, i18n } = useLingui();
  const { radar } = file;
  const offers = useOffers(file);
  // Whoever sees no case and no results of this student has the profile only: it then takes the page's whole width.
  const hasCase = file.plan !== undefined || file.interventions.length > 0 || !!file.academic || !!file.recognitions;
  // Results may be for everyone who teaches here, the fact of support is not.
  const unseen = file.hidden_cases.filter((one) => !file.hidden.includes(one)).map((one) => dataClassLabel(one, i18n));
  return (
    <>
      <Paper>{() => <DossierPaper file={file} />}</Paper>
      <DossierHeader file={file} />
      <StudentHandovers studentId={file.id} />
      <div className={`grid gap-4 print:hidden ${hasCase ? "lg:grid-cols-[minmax(0,1fr)_21rem] xl:grid-cols-[minmax(0,1fr)_24rem]" : ""}`}>
        <div className={hasCase ? "flex min-w-0 flex-col gap-4" : "hidden"}>
          {file.plan !== undefined && <PlanCard file={file} />}
          {(file.evidence !== undefined || file.interventions.length > 0) && <InterventionsCard file={file} />}
          {file.academic && <ResultsCard academic={file.academic} />}
          {file.recognitions && <RecognitionsCard recognitions={file.recognitions} studentId={file.id} isOffered={offers.evidence} />}
          {file.evidence && (
            <EvidenceCard evidence={file.evidence} student={{ id: file.id, name: file.basic.name }} isOffered={offers.evidence} />
          )}
        </div>
        <div className={hasCase ? "flex min-w-0 flex-col gap-4" : "grid items-start gap-4 lg:grid-cols-2"}>
          {radar && <RadarCard radar={radar} />}
          {file.support_needs && <SupportNeedsCard studentId={file.id} inForce={file.support_needs} />}
          <ProfileCards file={file} />
          <CounsellingCard studentId={file.id} />
          <TimelineCard file={file} />
        </div>
      </div>
      <div className="mt-4 flex flex-col gap-2 print:hidden">
        <HiddenNotice classes={file.hidden} />
        {unseen.length > 0 && (
          <p className="px-3 text-muted text-xs">{t`以下方面的认定、计划和帮扶记录对您不可见：${unseen.join(t`、`)}。`}</p>
        )}
      </div>
    </>
  );
}
