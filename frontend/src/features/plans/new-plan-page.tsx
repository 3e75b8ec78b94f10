import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { notifyError } from "@/components/feedback/notify";
import { PageHeader } from "@/components/page-header";
import { QueryState } from "@/components/states/query-state";
import { TemplateCards } from "./parts/template-cards";
import { usePlanMutations, useTemplates } from "./queries";

const route = getRouteApi("/staff/plans/new/$studentId");

/** A plan begins from a template or from the recognised needs alone; either way it opens as a draft. */
export function NewPlanPage() {
  const { t } = useLingui();
  const { studentId } = route.useParams();
  const navigate = useNavigate();
  const templates = useTemplates();
  const { create } = usePlanMutations();
  const [picked, setPicked] = useState<string>();
  const start = (template?: string) =>
    create.mutate(
      { body: { student_id: studentId, template: template ?? null } },
      { onSuccess: (plan) => void navigate({ to: "/plans/$planId", params: { planId: plan.id } }), onError: notifyError },
    );
  return (
    <>
      <PageHeader
        title={t`制定帮扶计划`}
        trail={[{ label: t`帮扶计划`, to: "/plans" }]}
        description={t`选一个接近的模板，频次、日期和实施人会自动填好，再按学生情况修改；也可以只从已认定的需求写起。`}
        actions={
          <>
            <Button variant="tertiary" onPress={() => start()} isDisabled={create.isPending}>
              <Trans>不用模板</Trans>
            </Button>
            <Button onPress={() => start(picked)} isDisabled={picked === undefined} isPending={create.isPending}>
              <Trans>用所选模板起草</Trans>
            </Button>
          </>
        }
      />
      <QueryState query={templates}>
        {({ items }) => <TemplateCards templates={items} picked={picked} onPick={(one) => setPicked(one.id)} />}
      </QueryState>
    </>
  );
}
