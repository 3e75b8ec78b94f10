import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { type PlanShown, plansRead } from "@/api";
import { notify, notifyError } from "@/components/feedback/notify";
import { ifMatch } from "@/lib/http/if-match";
import { toProblemError } from "@/lib/http/problem";
import { usePlanMutations } from "../queries";
import { idsOf, type PlanForm, toBody, toForm } from "./plan-form";
import { dropLocalDraft, readLocalDraft, useLocalDraft } from "./use-local-draft";

/** Saving, submitting and conflicts of one draft. Ctrl+S saves. */
export function useEditor(plan: PlanShown) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [restored] = useState(() => readLocalDraft(plan.id, plan.version));
  const [isRestored, setRestored] = useState(restored !== null);
  const [conflict, setConflict] = useState<PlanShown>();
  const form = useForm<PlanForm>({ defaultValues: toForm(plan) });
  const version = useRef(plan.version);
  const mutations = usePlanMutations();
  useLocalDraft(plan.id, plan.version, form);
  const { isDirty } = form.formState;

  useEffect(() => {
    if (restored) form.reset(restored, { keepDefaultValues: true });
  }, [restored, form]);

  const settle = (saved: PlanShown) => {
    version.current = saved.version;
    dropLocalDraft(plan.id);
    setRestored(false);
    form.reset(toForm(saved));
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
    try {
      const saved = await mutations.update.mutateAsync({
        path: { plan_id: plan.id },
        headers: ifMatch(version.current),
        body: toBody(form.getValues(), known),
      });
      settle(saved);
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

  return {
    form,
    save,
    submit,
    isSaving: mutations.update.isPending,
    isSubmitting: mutations.submit.isPending,
    isRestored,
    conflict,
    status: mutations.update.isPending ? t`正在保存…` : isDirty ? t`有未保存的修改（Ctrl+S 保存）` : t`已保存`,
    forget: () => {
      dropLocalDraft(plan.id);
      setRestored(false);
      form.reset(toForm(plan));
    },
    keepMine: () => {
      if (!conflict) return;
      version.current = conflict.version;
      setConflict(undefined);
      void save(idsOf(conflict));
    },
    takeTheirs: () => {
      if (!conflict) return;
      settle(conflict);
      setConflict(undefined);
      void client.invalidateQueries({ queryKey: [{ _id: "plansRead" }] });
    },
    closeConflict: () => setConflict(undefined),
  };
}

export type Editor = ReturnType<typeof useEditor>;
