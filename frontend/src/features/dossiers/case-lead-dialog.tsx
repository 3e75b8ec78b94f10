import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { ComboInput } from "@/components/form/combo-input";
import { findStaff, postsInWords } from "@/components/form/staff-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { loadsOf, useFileMutations } from "./queries";

interface LeadForm {
  staff_id: string | null;
  handover_note: string;
}

/** Names who leads the case from today on. Above the school's limit it warns and lets one go on. */
export function CaseLeadDialog({ studentId, onClose }: { studentId: string; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const { assign } = useFileMutations();
  const [loads, setLoads] = useState<ReadonlyMap<string, number>>(new Map());
  const [limit, setLimit] = useState<number>();
  const form = useApiForm<LeadForm>({
    defaultValues: { staff_id: null, handover_note: "" },
    submit: async ({ staff_id, handover_note }) => {
      const body = { staff_id: staff_id ?? "", handover_note: handover_note || null };
      const lead = await assign.mutateAsync({ path: { student_id: studentId }, body });
      notify(t`${lead.name} 已成为帮扶责任人`, lead.warnings[0]?.message);
    },
    onDone: onClose,
  });
  const picked = form.watch("staff_id");
  const count = picked ? (loads.get(picked) ?? 0) + 1 : 0;

  const loadOptions = async (q: string, signal: AbortSignal) => {
    const people = await findStaff(q, signal);
    if (people.length === 0) return [];
    const { items, limit: most } = await loadsOf(
      people.map(({ id }) => id),
      signal,
    );
    const counts = new Map(items.map(({ staff_id, count: led }) => [staff_id, led]));
    setLimit(most);
    setLoads((before) => new Map([...before, ...counts]));
    return people.map((one) => {
      const led = t`现负责 ${counts.get(one.id) ?? 0} 名学生`;
      return { value: one.id, label: one.name, note: [postsInWords(one, i18n), led].filter(Boolean).join(" · ") };
    });
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
          queryKey={["case-lead-options", i18n.locale]}
          load={loadOptions}
        />
        {limit !== undefined && count > limit && (
          <p role="status" className="rounded-lg bg-warning-soft px-3 py-2 text-sm text-warning-soft-foreground">
            {t`这位教师将负责 ${count} 名学生，超过本校上限 ${limit} 名。仍可指定。`}
          </p>
        )}
        <TextInput control={form.control} name="handover_note" label={t`交接说明`} rows={3} description={t`只有新的责任人能看到。`} />
        <p className="text-sm">
          <Link to="/students/case-leads" className="rounded text-link hover:underline">
            <Trans>看看各位责任人现在负责几名学生</Trans>
          </Link>
        </p>
      </ApiFormBody>
    </Dialog>
  );
}
