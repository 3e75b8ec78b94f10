import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { type PlanShown, plansRead } from "@/api";
import type { Side } from "@/components/feedback/conflict-dialog";
import { notify, notifyError } from "@/components/feedback/notify";
import { readKept, useKeptDraft } from "@/components/form/use-kept-draft";
import { ifMatch } from "@/lib/http/if-match";
import { toProblemError } from "@/lib/http/problem";
import { dropDraft } from "@/lib/session/drafts";
import { usePlanMutations } from "../queries";
import { focusKept } from "./focus-kept";
import { idsOf, merge, type PlanForm, toBody, toForm } from "./plan-form";

export const draftName = (planId: string) => `plan:${planId}`;

/** Saving, submitting and conflicts of one draft. Ctrl+S saves; what was typed before a reload comes back. */
export function useEditor(plan: PlanShown) {
  const { t } = useLingui();
  const client = useQueryClient();
  const name = draftName(plan.id);
  const [kept] = useState(() => readKept<PlanForm>(name));
  const [isRestored, setRestored] = useState(kept !== null);
  // Somebody may have saved between typing and coming back: then both are shown at once.
  const [conflict, setConflict] = useState<PlanShown | undefined>(kept !== null && kept.basis !== plan.version ? plan : undefined);
  // Fields that hold a text of their own (a name found by typing) are drawn anew when the values come from elsewhere.
  const [revision, setRevision] = useState(0);
  const form = useForm<PlanForm>({ defaultValues: toForm(plan) });
  const saved = useRef<PlanShown>(kept === null ? plan : { ...plan, version: kept.basis });
  const mutations = usePlanMutations();
  useKeptDraft(form, name, saved.current.version);
  const { isDirty } = form.formState;

  useEffect(() => {
    if (!kept) return;
    form.reset(kept.values, { keepDefaultValues: true });
    setRevision((before) => before + 1);
  }, [kept, form]);

  const settle = (now: PlanShown, isFromElsewhere: boolean) => {
    saved.current = now;
    setRestored(false);
    form.reset(toForm(now));
    dropDraft(name);
    if (isFromElsewhere) setRevision((before) => before + 1);
  };

  const refuse = async (error: unknown) => {
    const problem = toProblemError(error);
    if (problem.status !== 412) {
      for (const { pointer, message } of problem.fields)
        form.setError(pointer.replace(/^#?\//, "").replaceAll("/", ".") as "summary", { message });
      notifyError(error);
      return;
    }
    const { data } = await plansRead({ path: { plan_id: plan.id }, throwOnError: true });
    setConflict(data);
  };

  const save = async (known?: ReadonlySet<string>): Promise<boolean> => {
    form.clearErrors();
    const restoreFocus = focusKept();
    try {
      const body = toBody(form.getValues(), known, toForm(saved.current));
      settle(await mutations.update.mutateAsync({ path: { plan_id: plan.id }, headers: ifMatch(saved.current.version), body }), false);
      restoreFocus();
      return true;
    } catch (error) {
      await refuse(error);
      return false;
    }
  };

  const submit = async () => {
    if (form.formState.isDirty && !(await save())) return;
    mutations.submit.mutate({ path: { plan_id: plan.id } }, { onSuccess: () => notify(t`已提交，等待他人审批`), onError: notifyError });
  };

  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      void latest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  const mergeWith = (chosen: Record<string, Side>) => {
    if (!conflict) return;
    const both = merge(form.getValues(), toForm(conflict), chosen);
    saved.current = conflict;
    setConflict(undefined);
    form.reset(toForm(conflict));
    form.reset(both, { keepDefaultValues: true });
    setRevision((before) => before + 1);
    void save(idsOf(conflict));
  };

  return {
    form,
    save,
    submit,
    revision,
    isSaving: mutations.update.isPending,
    isSubmitting: mutations.submit.isPending,
    isRestored,
    conflict,
    status: mutations.update.isPending ? t`正在保存…` : isDirty ? t`有未保存的修改（Ctrl+S 保存）` : t`已保存`,
    forget: () => settle(saved.current, true),
    mergeWith,
    keepMine: () => mergeWith({}),
    takeTheirs: () => {
      if (!conflict) return;
      settle(conflict, true);
      setConflict(undefined);
      void client.invalidateQueries({ queryKey: [{ _id: "plansRead" }] });
    },
    closeConflict: () => setConflict(undefined),
  };
}

export type Editor = ReturnType<typeof useEditor>;
