import { Button } from "@heroui/react/button";
import { useLingui } from "@lingui/react/macro";
import type { RecognitionShown } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { RadioInput } from "@/components/form/radio-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { levelLabels } from "./parts/labels";
import { useCaseMutations } from "./queries";

export type CaseAction = "decide" | "check" | "exit";

interface Values {
  outcome: "agree" | "decline" | "return" | "continue" | "exit";
  support_level: "key" | "general";
  reason: string;
}

/** Decide the step that is due, make this term's check, or let the student leave: always with the reason. */
export function CaseDialog({ recognition, action, onClose }: { recognition: RecognitionShown; action: CaseAction; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const { decide, check, exit } = useCaseMutations();
  const path = { recognition_id: recognition.id };
  const form = useApiForm<Values>({
    defaultValues: {
      outcome: action === "decide" ? "agree" : action === "check" ? "continue" : "exit",
      support_level: recognition.support_level,
      reason: "",
    },
    submit: ({ outcome, support_level, reason }) => {
      if (action === "exit") return exit.mutateAsync({ path, body: { reason } });
      if (action === "check") return check.mutateAsync({ path, body: { outcome: outcome === "exit" ? "exit" : "continue", reason } });
      return decide.mutateAsync({ path, body: { outcome: outcome as "agree" | "decline" | "return", reason, support_level } });
    },
    onDone: () => {
      notify(t`已记录`);
      onClose();
    },
  });
  const outcomes = {
    decide: [
      { value: "agree", label: t`同意` },
      { value: "decline", label: t`不予认定` },
      ...(recognition.may_return ? [{ value: "return", label: t`退回班级` }] : []),
    ],
    check: [
      { value: "continue", label: t`继续帮扶` },
      { value: "exit", label: t`退出帮扶` },
    ],
    exit: [],
  }[action];
  const title = { decide: t`办理评议`, check: t`学期复核`, exit: t`退出帮扶` }[action];
  return (
    <Dialog title={title} onClose={onClose}>
      <ApiFormBody
        form={form}
        actions={
          <>
            <Button variant="secondary" onPress={onClose}>{t`取消`}</Button>
            <SubmitButton control={form.control}>{t`提交`}</SubmitButton>
          </>
        }
      >
        {outcomes.length > 0 && <RadioInput control={form.control} name="outcome" label={t`意见`} options={outcomes} />}
        {action === "decide" && (
          <RadioInput
            control={form.control}
            name="support_level"
            label={t`帮扶等级`}
            options={[
              { value: "key", label: i18n._(levelLabels.key) },
              { value: "general", label: i18n._(levelLabels.general) },
            ]}
          />
        )}
        <TextInput
          control={form.control}
          name="reason"
          label={t`理由`}
          rows={4}
          isRequired
          description={t`请写明事实依据，至少 4 个字；不同意也要写明理由。`}
        />
      </ApiFormBody>
    </Dialog>
  );
}
