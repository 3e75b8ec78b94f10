import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import type { RoleInput } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { DateInput } from "@/components/form/date-input";
import { SelectInput } from "@/components/form/select-input";
import { SubmitButton } from "@/components/form/submit-button";
import { useApiForm } from "@/components/form/use-api-form";
import { roleLabel } from "@/lib/session/role-label";
import { useMe } from "@/lib/session/session-store";
import { today } from "@/lib/texts/format";
import { gradeName, gradesOf } from "@/lib/texts/grade-name";
import { givableRoles, scopeKindOf } from "./givable-roles";
import { useClasses, useGiveRole } from "./queries";

interface RoleValues {
  role: string | null;
  scope_grade: string | null;
  scope_id: string | null;
  valid_from: string | null;
  valid_to: string | null;
}

function inputOf(values: RoleValues): RoleInput {
  const kind = scopeKindOf(values.role);
  return {
    role: values.role ?? "",
    scope_kind: kind,
    scope_grade: kind === "grade" && values.scope_grade ? Number(values.scope_grade) : null,
    scope_id: kind === "class" ? values.scope_id : null,
    valid_from: values.valid_from,
    valid_to: values.valid_to,
  };
}

export function GiveRoleDialog({ accountId, onClose }: { accountId: string; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const { school } = useMe();
  const give = useGiveRole();
  const form = useApiForm<RoleValues>({
    defaultValues: { role: null, scope_grade: null, scope_id: null, valid_from: today(), valid_to: null },
    submit: (values) => give.mutateAsync({ path: { account_id: accountId }, body: inputOf(values) }),
    onDone: () => {
      notify(t`岗位已分配`);
      onClose();
    },
  });
  const kind = scopeKindOf(form.watch("role"));
  const classes = useClasses(kind === "class");
  return (
    <Dialog
      title={t`分配岗位`}
      size="sm"
      onClose={onClose}
      footer={
        <>
          <Button variant="tertiary" onPress={onClose}>
            <Trans>取消</Trans>
          </Button>
          <SubmitButton control={form.control} form="give-role">
            <Trans>分配岗位</Trans>
          </SubmitButton>
        </>
      }
    >
      <ApiFormBody form={form} id="give-role">
        <SelectInput
          control={form.control}
          name="role"
          label={t`岗位`}
          isRequired
          options={givableRoles.map((role) => ({ value: role, label: roleLabel(role, i18n) }))}
        />
        {kind === "grade" && (
          <SelectInput
            control={form.control}
            name="scope_grade"
            label={t`年级`}
            isRequired
            options={gradesOf(school).map((grade) => ({ value: String(grade), label: gradeName(grade, i18n) }))}
          />
        )}
        {kind === "class" && (
          <SelectInput
            control={form.control}
            name="scope_id"
            label={t`班级`}
            isRequired
            options={(classes.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <DateInput control={form.control} name="valid_from" label={t`开始日期`} isRequired />
          <DateInput control={form.control} name="valid_to" label={t`结束日期`} description={t`可不填`} />
        </div>
      </ApiFormBody>
    </Dialog>
  );
}
