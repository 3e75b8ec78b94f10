import { Trans, useLingui } from "@lingui/react/macro";
import { Plus } from "lucide-react";
import { useState } from "react";
import type { IssuedSecret } from "@/api/types.gen";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { CreateProgramDialog } from "./create-program-dialog";
import { ProgramLine } from "./program-line";
import { usePrograms } from "./queries";
import { SecretDialog } from "./secret-dialog";

/** The programs that work for the school. */
export function ProgramsCard() {
  const { t } = useLingui();
  const programs = usePrograms();
  const [isCreating, setCreating] = useState(false);
  const [issued, setIssued] = useState<IssuedSecret | null>(null);
  return (
    <SectionCard
      title={t`程序账号`}
      description={t`供教务系统等程序调用接口。按范围授权，永远看不到心理、保护、健康、困难认定等信息。`}
      actions={
        <PlainButton size="sm" onClick={() => setCreating(true)}>
          <Plus aria-hidden />
          <Trans>新建程序账号</Trans>
        </PlainButton>
      }
    >
      <QueryState query={programs} size="panel">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t`还没有程序账号`}>{t`要让教务系统自动导入名册或成绩，请新建一个。`}</EmptyState>
          ) : (
            <ul className="flex flex-col">
              {items.map((program) => (
                <ProgramLine key={program.id} program={program} onIssued={setIssued} />
              ))}
            </ul>
          )
        }
      </QueryState>
      {isCreating && <CreateProgramDialog onClose={() => setCreating(false)} onCreated={setIssued} />}
      {issued && <SecretDialog issued={issued} onClose={() => setIssued(null)} />}
    </SectionCard>
  );
}
