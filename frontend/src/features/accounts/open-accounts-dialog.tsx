import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { Download } from "lucide-react";
import { useState } from "react";
import type { OpenedAccount } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { notifyError } from "@/components/feedback/notify";
import { OpenedAccounts } from "./opened-accounts";
import { useOpenAccounts } from "./queries";
import { saveAccounts } from "./save-accounts";

/** Opens accounts for everybody in the roster who has none, and shows the one-time passwords once. */
export function OpenAccountsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const open = useOpenAccounts();
  const [made, setMade] = useState<OpenedAccount[]>();
  const [remaining, setRemaining] = useState<number>();

  const run = async () => {
    const all: OpenedAccount[] = [];
    try {
      for (;;) {
        const { items, remaining: left } = await open.mutateAsync({ body: { limit: 50 } });
        all.push(...items);
        setMade([...all]);
        setRemaining(left);
        if (left === 0 || items.length === 0) break;
      }
    } catch (error) {
      notifyError(error);
    }
  };

  const save = () => {
    const head = [t`姓名`, t`工号`, t`班级`, t`账号名`, t`初始密码`];
    const rows = (made ?? []).map((one) => [one.name, one.staff_number ?? "", one.classes.join(" "), one.username, one.first_password]);
    saveAccounts([head, ...rows]);
  };

  const isRunning = open.isPending || (remaining !== undefined && remaining > 0 && !open.isError);
  const left = remaining ?? 0;
  return (
    <Dialog
      title={t`为名册教职工开户`}
      size="lg"
      onClose={onClose}
      // The passwords are shown this once: a stray click beside the dialog must not throw them away.
      isDismissable={made === undefined && !isRunning}
      footer={
        made === undefined ? (
          <Button onPress={() => void run()} isPending={open.isPending}>
            <Trans>开始开户</Trans>
          </Button>
        ) : (
          <>
            <Button variant="secondary" onPress={save} isDisabled={made.length === 0}>
              <Download aria-hidden className="size-4" />
              <Trans>下载名单</Trans>
            </Button>
            <Button onPress={onClose} isDisabled={isRunning}>
              <Trans>完成</Trans>
            </Button>
          </>
        )
      }
    >
      <p className="text-sm">
        <Trans>为名册里还没有账号的教职工各开一个账号，班主任、任课教师的班级岗位随名册一并分配，其他岗位请另行分配。</Trans>
      </p>
      {made !== undefined && (
        <>
          <p role="status" className="mt-2 font-medium text-sm">
            {made.length === 0
              ? t`所有教职工都已有账号。`
              : t`已开 ${made.length} 个账号。初始密码只显示这一次，72 小时内有效，请下载后分发。`}
            {isRunning && ` ${t`还有 ${left} 个…`}`}
          </p>
          {made.length > 0 && <OpenedAccounts noteHeader={t`班级`} rows={made.map((one) => ({ ...one, note: one.classes.join(t`、`) }))} />}
        </>
      )}
    </Dialog>
  );
}
