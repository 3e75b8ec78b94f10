import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { DossierFile, TemplateShown } from "@/api";
import { notifyError } from "@/components/feedback/notify";
import { PageHeader } from "@/components/page-header";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { CategoryChip } from "@/features/recognitions/parts/category-chip";
import { TemplateCards } from "./parts/template-cards";
import { useFileOf, usePlanMutations, useTemplates } from "./queries";

const route = getRouteApi("/staff/plans/new/$studentId");

export function NewPlanPage() {
  const { studentId } = route.useParams();
  const templates = useTemplates();
  return (
    <QueryState query={useFileOf(studentId)}>
      {(file) => <QueryState query={templates}>{({ items }) => <NewPlan file={file} templates={items} />}</QueryState>}
    </QueryState>
  );
}

/** A plan begins from a template that fits a recognition, or from the recognised needs alone; either way it opens as a draft. */
function NewPlan({ file, templates }: { file: DossierFile; templates: TemplateShown[] }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { create } = usePlanMutations();
  const [picked, setPicked] = useState<string>();
  const recognised = (file.recognitions ?? []).filter(({ state, is_result_only }) => state === "recognised" && !is_result_only);
  const levelOf = new Map(recognised.map(({ category, support_level }) => [category as string, support_level]));
  // Those of the recognised level first: 重点 and 一般 differ in what they ask.
  const fitting = templates
    .filter(({ category }) => levelOf.has(category))
    .sort((a, b) => Number(levelOf.get(b.category) === b.support_level) - Number(levelOf.get(a.category) === a.support_level));
  const start = (template?: string) =>
    create.mutate(
      { body: { student_id: file.id, template: template ?? null } },
      { onSuccess: (plan) => void navigate({ to: "/plans/$planId", params: { planId: plan.id }, replace: true }), onError: notifyError },
    );
  return (
    <>
      <PageHeader
        title={t`为${file.basic.name}制定帮扶计划`}
        tabTitle={t`制定帮扶计划`}
        trail={[
          { label: t`帮扶计划`, to: "/plans" },
          { label: t`学生档案`, to: `/students/${file.id}` },
        ]}
        description={t`选一个接近的模板，频次、日期和实施人会自动填好，再按学生情况修改；也可以只从已认定的需求写起。`}
        actions={
          recognised.length > 0 && (
            <>
              <Button variant="tertiary" onPress={() => start()} isDisabled={create.isPending}>
                <Trans>不用模板</Trans>
              </Button>
              <Button onPress={() => start(picked)} isDisabled={picked === undefined} isPending={create.isPending}>
                <Trans>用所选模板起草</Trans>
              </Button>
            </>
          )
        }
      />
      {recognised.length === 0 ? (
        <div className="rounded-lg bg-surface shadow-surface">
          <EmptyState title={t`还不能制定计划`}>{t`计划回应认定：该生目前没有您可见的有效认定。`}</EmptyState>
        </div>
      ) : (
        <>
          <p className="mb-3 flex flex-wrap items-center gap-2 text-sm" data-sensitive>
            <Trans>已认定：</Trans>
            {recognised.map(({ id, category, support_level }) => (
              <CategoryChip key={id} category={category} level={support_level} />
            ))}
          </p>
          <TemplateCards templates={fitting} picked={picked} onPick={(one) => setPicked(one.id)} />
        </>
      )}
    </>
  );
}
