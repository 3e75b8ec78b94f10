import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { ComboInput } from "@/components/form/combo-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { findStaff, useFileMutations } from "./queries";

interface LeadForm {
  staff_id: string | null;
  handover_note: string;
}

/** Names who leads the case from today on. Above the school's limit it warns and lets one go on. */
export function CaseLeadDialog({ studentId, onClose }: { studentId: string; onClose: () => void }) {
  const { t } = useLingui();
  const { assign } = useFileMutations();
  const [load, setLoad] = useState<{ count: number; limit: number }>();
  const [loads, setLoads] = useState<Record<string, number>>({});
  const [limit, setLimit] = useState(5);
  const form = useApiForm<LeadForm>({
    defaultValues: { staff_id: null, handover_note: "" },
    submit: async ({ staff_id, handover_note }) => {
      const body = { staff_id: staff_id ?? "", handover_note: handover_note || null };
      const lead = await assign.mutateAsync({ path: { student_id: studentId }, body });
      notify(t`${lead.name} 已成为帮扶责任人`, lead.warnings[0]?.message);
    },
    onDone: onClose,
  });

  const loadOptions = async (q: string, signal: AbortSignal) => {
    const page = await findStaff(q, signal);
    setLimit(page.limit);
    setLoads((before) => ({ ...before, ...Object.fromEntries(page.items.map(({ staff_id, count }) => [staff_id, count])) }));
    return page.items.map(({ staff_id, name, count }) => ({ value: staff_id, label: name, note: t`现负责 ${count} 名学生` }));
  };

  return (
    <Dialog
      title={t`指定帮扶责任人`}
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="case-lead">
          <Trans>确定</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="case-lead">
        <ComboInput
          control={form.control}
          name="staff_id"
          label={t`教师`}
          description={t`不必是班主任；原责任人的查看权限随即收回。`}
          isRequired
          rules={{ required: t`请选择一位教师` }}
          queryKey={["case-lead-options"]}
          load={loadOptions}
          onPicked={(option) => setLoad(option ? { count: (loads[option.value] ?? 0) + 1, limit } : undefined)}
        />
        {load && load.count > load.limit && (
          <p role="status" className="rounded-lg bg-warning-soft px-3 py-2 text-sm text-warning-soft-foreground">
            {t`这位教师将负责 ${load.count} 名学生，超过本校上限 ${load.limit} 名。仍可指定。`}
          </p>
        )}
        <TextInput control={form.control} name="handover_note" label={t`交接说明`} rows={3} />
      </ApiFormBody>
    </Dialog>
  );
}
