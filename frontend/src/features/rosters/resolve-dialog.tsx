import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import type { ResolveInput, WhereaboutsShown } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { RadioInput } from "@/components/form/radio-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { studentStatusLabels } from "./labels";
import { useResolveWhereabouts } from "./queries";

const outcomes: ResolveInput["outcome"][] = ["transferred_out", "enrolled", "suspended", "graduated", "dropped_out", "deceased"];

/** Say where a pupil is, and how it was found out. */
export function ResolveDialog({ check, onClose }: { check: WhereaboutsShown; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const resolve = useResolveWhereabouts();
  const form = useApiForm<ResolveInput>({
    defaultValues: { outcome: "transferred_out", note: "" },
    submit: (body) => resolve.mutateAsync({ path: { check_id: check.id }, body }),
    onDone: () => {
      notify(t`已核实`);
      onClose();
    },
  });
  const options = outcomes.flatMap((value) => {
    const label = studentStatusLabels[value];
    return label ? [{ value, label: i18n._(label) }] : [];
  });
  return (
    <Dialog
      title={t`核实 ${check.student.name} 的去向`}
      onClose={onClose}
      footer={
        <>
          <Button variant="tertiary" onPress={onClose}>
            <Trans>返回</Trans>
          </Button>
          <SubmitButton control={form.control} form="resolve">
            <Trans>保存去向</Trans>
          </SubmitButton>
        </>
      }
    >
      <ApiFormBody form={form} id="resolve">
        <RadioInput control={form.control} name="outcome" label={t`去向`} isRequired options={options} orientation="vertical" />
        <TextInput
          control={form.control}
          name="note"
          label={t`怎样核实的`}
          description={t`如“家长来电，已转到外省某校，转学证明已收”。`}
          isRequired
          rows={3}
        />
      </ApiFormBody>
    </Dialog>
  );
}
