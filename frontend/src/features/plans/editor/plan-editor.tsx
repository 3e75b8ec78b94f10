import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { PlanShown } from "@/api";
import { HiddenNotice } from "@/components/hidden-notice";
import { PageHeader } from "@/components/page-header";
import type { Dimension } from "../parts/labels";
import { dimensions } from "../parts/labels";
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
      <PageHeader
        title={t`${plan.student.name}的帮扶计划`}
        tabTitle={t`帮扶计划`}
        trail={[{ label: t`帮扶计划`, to: "/plans" }]}
        description={`${plan.student.class_name ?? ""} · ${t`第 ${plan.number} 版草稿`}${plan.template_name ? ` · ${plan.template_name}` : ""}`}
        actions={
          <>
            <span className="text-muted text-xs" role="status">
              {editor.status}
            </span>
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
      {editor.isRestored && (
        <p className="mb-4 flex flex-wrap items-center gap-3 rounded-lg bg-info-soft px-4 py-2 text-info-soft-foreground text-sm">
          <Trans>已恢复上次没有保存的修改。</Trans>
          <Button size="sm" variant="tertiary" onPress={editor.forget}>
            <Trans>放弃这些修改</Trans>
          </Button>
        </p>
      )}
      <div className="grid items-start gap-4 xl:grid-cols-[1fr_19rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <BasicsFields control={form.control} reviewer={plan.reviewer} />
          <DimensionTabs control={form.control} active={dimension} onChange={setDimension} />
          <NeedList
            key={dimension}
            form={form}
            dimension={dimension}
            writable={plan.writable}
            unanswered={plan.gaps.flatMap((gap) => gap.category ?? [])}
          />
          {plan.hidden_needs > 0 && <HiddenNotice classes={plan.hidden} />}
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
          onClose={editor.closeConflict}
        />
      )}
    </form>
  );
}
