import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { PlanShown } from "@/api";
import { RestoredNotice } from "@/components/form/restored-notice";
import { HiddenNotice } from "@/components/hidden-notice";
import { PageHeader } from "@/components/page-header";
import { Paper } from "@/components/print/paper";
import { PrintButton } from "@/components/print/print-button";
import { WordButton } from "@/components/print/word-button";
import type { Dimension } from "../parts/labels";
import { dimensions } from "../parts/labels";
import { PlanPaper } from "../plan-paper";
import { ReasonDialog } from "../reason-dialog";
import { BasicsFields } from "./basics-fields";
import { Checklist } from "./checklist";
import { DimensionTabs } from "./dimension-tabs";
import { EditorConflict } from "./editor-conflict";
import { NeedList } from "./need-list";
import { useEditor } from "./use-editor";

/** A draft being written: four dimensions, each need with goals, each goal with measures, and beside it what is still missing. */
export function PlanEditor({ plan }: { plan: PlanShown }) {
  const { t } = useLingui();
  const editor = useEditor(plan);
  const [dimension, setDimension] = useState<Dimension>(plan.needs[0]?.dimension ?? dimensions[0] ?? "academic");
  const [isDiscarding, setDiscarding] = useState(false);
  const { form } = editor;

  const goTo = (name: string, needIndex?: number) => {
    const need = needIndex === undefined ? undefined : form.getValues(`needs.${needIndex}`);
    if (need) setDimension(need.dimension);
    // The field is there only once its dimension is shown.
    window.setTimeout(() => form.setFocus(name as "summary"), 0);
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void editor.save();
      }}
    >
      <Paper>{() => <PlanPaper plan={plan} />}</Paper>
      <PageHeader
        title={t`${plan.student.name}的帮扶计划`}
        tabTitle={t`帮扶计划`}
        isScreenOnly
        trail={[{ label: t`帮扶计划`, to: "/plans" }]}
        description={`${plan.student.class_name ?? ""} · ${t`第 ${plan.number} 版草稿`}${plan.template_name ? ` · ${plan.template_name}` : ""}`}
        actions={
          <>
            <span className="text-muted text-xs" role="status">
              {editor.status}
            </span>
            <PrintButton />
            <WordButton path={`/api/v1/support-plans/${plan.id}/plan.docx`} fileName={t`帮扶计划.docx`} />
            {plan.rights.discard && (
              <Button variant="tertiary" onPress={() => setDiscarding(true)}>
                <Trans>作废</Trans>
              </Button>
            )}
            <Button type="submit" variant="secondary" isPending={editor.isSaving}>
              <Trans>保存</Trans>
            </Button>
            <Button onPress={() => void editor.submit()} isPending={editor.isSubmitting} isDisabled={!plan.rights.submit}>
              <Trans>提交审批</Trans>
            </Button>
          </>
        }
      />
      {plan.returned_reason && (
        <p className="mb-4 rounded-lg bg-warning-soft px-4 py-3 text-sm text-warning-soft-foreground">
          <strong className="font-semibold">{t`已退回修改：`}</strong>
          {plan.returned_reason}
        </p>
      )}
      {editor.isRestored && <RestoredNotice onForget={editor.forget} />}
      <div key={editor.revision} className="grid items-start gap-4 xl:grid-cols-[1fr_19rem] print:hidden">
        <div className="flex min-w-0 flex-col gap-4">
          <BasicsFields form={form} />
          <DimensionTabs control={form.control} active={dimension} onChange={setDimension} />
          <NeedList
            key={dimension}
            form={form}
            dimension={dimension}
            writable={plan.writable}
            unanswered={plan.gaps.flatMap((gap) => gap.category ?? [])}
          />
          <HiddenNotice classes={plan.hidden} />
        </div>
        <Checklist control={form.control} serverGaps={plan.gaps} suggestion={plan.summary_suggestion} form={form} onGo={goTo} />
      </div>
      {isDiscarding && <ReasonDialog plan={plan} verb="discard" onClose={() => setDiscarding(false)} />}
      {editor.conflict && (
        <EditorConflict
          mine={form.getValues()}
          theirs={editor.conflict}
          onKeep={editor.keepMine}
          onTake={editor.takeTheirs}
          onMerge={editor.mergeWith}
          onClose={editor.closeConflict}
        />
      )}
    </form>
  );
}
