import { Button } from "@heroui/react/button";
import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import type { PlanShown } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { usePlanMutations } from "./queries";

export type PlanVerb = "sendBack" | "close" | "discard";

/** Sending back, closing and discarding: each with its reason. */
export function ReasonDialog({ plan, verb, onClose }: { plan: PlanShown; verb: PlanVerb; onClose: () => void }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const mutations = usePlanMutations();
  const words = {
    sendBack: { title: t`退回修改`, done: t`已退回草稿`, note: t`写明需要改什么；提交人会在草稿上方看到。` },
    close: { title: t`结束计划`, done: t`计划已结束`, note: t`如学生转出或转由其他方式支持。目标达成的，请用“评估”。` },
    discard: { title: t`作废草稿`, done: t`草稿已作废`, note: t`作废的草稿连同原因留存，可另起草一份。` },
  }[verb];
  const form = useApiForm<{ reason: string }>({
    defaultValues: { reason: "" },
    submit: (body) => mutations[verb].mutateAsync({ path: { plan_id: plan.id }, body }),
    onDone: () => {
      notify(words.done);
      onClose();
      if (verb === "discard") void navigate({ to: "/plans" });
    },
  });
  return (
    <Dialog title={words.title} onClose={onClose}>
      <ApiFormBody
        form={form}
        actions={
          <>
            <Button variant="secondary" onPress={onClose}>{t`取消`}</Button>
            <SubmitButton control={form.control}>{words.title}</SubmitButton>
          </>
        }
      >
        <TextInput control={form.control} name="reason" label={t`原因`} rows={3} isRequired description={words.note} />
      </ApiFormBody>
    </Dialog>
  );
}
