import { useLingui } from "@lingui/react/macro";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { PasswordForm } from "../sign-in/password-form";

export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const onChanged = () => {
    onClose();
    notify(t`密码已修改`);
  };
  return (
    <Dialog title={t`修改密码`} onClose={onClose} size="sm">
      <PasswordForm onChanged={onChanged} />
    </Dialog>
  );
}
