import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { Download } from "lucide-react";
import { useState } from "react";
import type { OpenedStudentAccount } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SelectInput } from "@/components/form/select-input";
import { SubmitButton } from "@/components/form/submit-button";
import { useApiForm } from "@/components/form/use-api-form";
import { QueryState } from "@/components/states/query-state";
import { OpenedAccounts } from "./opened-accounts";
import { useOpenStudentAccounts, useStudentAccounts } from "./queries";
import { saveAccounts } from "./save-accounts";

/** Opens accounts for the students of one class who have none, and shows the one-time passwords once. */
export function OpenStudentAccountsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const classes = useStudentAccounts();
  const open = useOpenStudentAccounts();
  const [made, setMade] = useState<{ className: string; items: OpenedStudentAccount[] }>();
  const form = useApiForm<{ class_id: string | null }>({
    defaultValues: { class_id: null },
    submit: async ({ class_id }) => {
      const items: OpenedStudentAccount[] = [];
      for (;;) {
        const answer = await open.mutateAsync({ body: { class_id: class_id ?? "", limit: 50 } });
        items.push(...answer.items);
        setMade({ className: answer.class_name, items });
        if (answer.remaining === 0 || answer.items.length === 0) break;
      }
    },
  });
  const save = () => {
    const head = [t`班级`, t`姓名`, t`学号`, t`账号名`, t`初始密码`];
    const rows = made?.items.map((one) => [made.className, one.name, one.student_number ?? "", one.username, one.first_password]) ?? [];
    saveAccounts([head, ...rows]);
  };
  const className = made?.className;
  const count = made?.items.length ?? 0;
  return (
    <Dialog
      title={t`为学生开户`}
      size="lg"
      onClose={onClose}
      isDismissable={count === 0 && !open.isPending}
      footer={
        count > 0 ? (
          <>
            <Button variant="secondary" onPress={save}>
              <Download aria-hidden className="size-4" />
              <Trans>下载名单</Trans>
            </Button>
            <Button onPress={onClose} isDisabled={open.isPending}>
              <Trans>完成</Trans>
            </Button>
          </>
        ) : (
          <SubmitButton control={form.control} form="open-student-accounts">
            <Trans>开始开户</Trans>
          </SubmitButton>
        )
      }
    >
      <p className="text-sm">
        <Trans>学生登录后只有自己的页面：可以告诉老师遇到的事，看不到别人的任何内容。请按班开户，由班主任当面分发。</Trans>
      </p>
      {count > 0 && made ? (
        <>
          <p role="status" className="mt-2 font-medium text-sm">
            {t`${className} 已开 ${count} 个账号。初始密码只显示这一次，14 天内有效。`}
          </p>
          <OpenedAccounts noteHeader={t`学号`} rows={made.items.map((one) => ({ ...one, note: one.student_number ?? "—" }))} />
        </>
      ) : (
        <QueryState query={classes} size="panel">
          {({ items }) => (
            <ApiFormBody form={form} id="open-student-accounts" className="mt-4 flex flex-col gap-4">
              <SelectInput
                control={form.control}
                name="class_id"
                label={t`班级`}
                isRequired
                options={items.map(({ class_id, class_name, with_account, students }) => ({
                  value: class_id,
                  label: class_name,
                  note: t`${with_account} / ${students} 人已有账号`,
                }))}
              />
              {made && <p role="status" className="text-sm">{t`${className} 的学生都已有账号。`}</p>}
            </ApiFormBody>
          )}
        </QueryState>
      )}
    </Dialog>
  );
}
