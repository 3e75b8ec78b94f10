import { useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { PageHeader } from "@/components/page-header";
import { QueryState } from "@/components/states/query-state";
import { GroundsCard } from "./grounds-card";
import { useAccess } from "./queries";
import { RecordCard } from "./record-card";

const route = getRouteApi("/staff/students/$studentId/access");

/** Why one may see this student, and who has seen and changed what. */
export function AccessPage() {
  const { t } = useLingui();
  const { studentId } = route.useParams();
  const access = useAccess(studentId);
  return (
    <>
      <PageHeader
        title={t`查看依据与记录`}
        trail={[
          { label: t`学生`, to: "/students" },
          { label: access.data?.student_name ?? t`学生档案`, to: `/students/${studentId}` },
        ]}
        description={t`看到什么都有依据，看过、改过都留记录。`}
      />
      <QueryState query={access}>
        {(known) => (
          <div className="grid items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)] xl:grid-cols-[24rem_minmax(0,1fr)]">
            <GroundsCard access={known} />
            <RecordCard studentId={studentId} maySee={known.may_see_record} />
          </div>
        )}
      </QueryState>
    </>
  );
}
