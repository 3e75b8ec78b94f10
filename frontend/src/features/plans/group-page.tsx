import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { PlanBatchAnswer, TemplateShown } from "@/api";
import { PageHeader } from "@/components/page-header";
import { QueryState } from "@/components/states/query-state";
import { GroupForm } from "./group-form";
import { GroupResult } from "./group-result";
import { TemplateCards } from "./parts/template-cards";
import { useTemplates } from "./queries";

/** Drafts for a whole group: choose the template, see who would get one, then what came of each. */
export function GroupPage() {
  const { t } = useLingui();
  const templates = useTemplates();
  const [template, setTemplate] = useState<TemplateShown>();
  const [answer, setAnswer] = useState<PlanBatchAnswer>();
  const step = answer ? 3 : template ? 2 : 1;
  const steps = [t`选模板`, t`选学生`, t`看结果`];
  return (
    <>
      <PageHeader title={t`批量起草计划`} trail={[{ label: t`帮扶计划`, to: "/plans" }]} />
      <ol className="mb-4 flex flex-wrap gap-2 text-sm">
        {steps.map((one, index) => (
          <li
            key={one}
            aria-current={step === index + 1 ? "step" : undefined}
            className={`flex items-center gap-2 rounded-full px-3 py-1 ${step === index + 1 ? "bg-accent-soft font-medium text-accent-soft-foreground" : "text-muted"}`}
          >
            <span className="tnum">{index + 1}</span>
            {one}
          </li>
        ))}
      </ol>
      {answer ? (
        <GroupResult
          answer={answer}
          onAgain={() => {
            setAnswer(undefined);
            setTemplate(undefined);
          }}
        />
      ) : template ? (
        <GroupForm template={template} onBack={() => setTemplate(undefined)} onDone={setAnswer} />
      ) : (
        <QueryState query={templates}>{({ items }) => <TemplateCards templates={items} onPick={setTemplate} />}</QueryState>
      )}
    </>
  );
}
