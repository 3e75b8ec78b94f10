import { getRouteApi } from "@tanstack/react-router";
import type { DossierFile } from "@/api";
import { HiddenNotice } from "@/components/hidden-notice";
import { SignatureLine } from "@/components/print/signature-line";
import { QueryState } from "@/components/states/query-state";
import { DossierCover } from "./dossier-cover";
import { DossierHeader } from "./dossier-header";
import { EvidenceCard } from "./evidence-card";
import { InterventionsCard } from "./interventions-card";
import { PlanCard } from "./plan-card";
import { ProfileCards } from "./profile-cards";
import { useDossier } from "./queries";
import { RadarCard } from "./radar-card";
import { RecognitionsCard } from "./recognitions-card";
import { ResultsCard } from "./results-card";
import { TimelineCard } from "./timeline-card";

const route = getRouteApi("/staff/students/$studentId");

export function DossierPage() {
  const { studentId } = route.useParams();
  return <QueryState query={useDossier(studentId)}>{(file) => <Dossier file={file} />}</QueryState>;
}

/** 一生一档: everything about one student that this reader may see, on one page; on paper with cover and contents. */
function Dossier({ file }: { file: DossierFile }) {
  const { radar } = file;
  return (
    <>
      <DossierCover file={file} />
      <DossierHeader file={file} />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_21rem] xl:grid-cols-[minmax(0,1fr)_24rem] print:block">
        <div className="flex min-w-0 flex-col gap-4 print:gap-6">
          {file.plan !== undefined && <PlanCard file={file} />}
          <InterventionsCard file={file} />
          {file.academic && <ResultsCard academic={file.academic} />}
          {file.recognitions && <RecognitionsCard recognitions={file.recognitions} studentId={file.id} />}
          {file.evidence && <EvidenceCard evidence={file.evidence} student={{ id: file.id, name: file.basic.name }} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4 print:mt-6 print:gap-6">
          {radar && <RadarCard radar={radar} />}
          <ProfileCards file={file} />
          <TimelineCard studentId={file.id} first={file.timeline} />
        </div>
      </div>
      <div className="mt-4">
        <HiddenNotice classes={file.hidden} />
      </div>
      <SignatureLine />
    </>
  );
}
