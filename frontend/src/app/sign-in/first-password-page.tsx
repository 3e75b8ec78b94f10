import { Trans, useLingui } from "@lingui/react/macro";
import { usePageTitle } from "@/lib/routing/page-title";
import { signOut } from "@/lib/session/sign-in";
import { PasswordForm } from "./password-form";
import { SignInFrame } from "./sign-in-frame";

/** Stands before everything else until the password handed out by the school has been replaced. */
export function FirstPasswordPage() {
  const { t } = useLingui();
  usePageTitle(t`设置新密码`);
  return (
    <SignInFrame title={t`设置新密码`} lead={t`首次登录请把初始密码换成只有您知道的密码。`}>
      <PasswordForm />
      <p className="mt-4 text-center text-xs">
        <button type="button" className="cursor-pointer rounded px-2 py-1 text-muted hover:text-foreground" onClick={() => void signOut()}>
          <Trans>退出，换一个账号</Trans>
        </button>
      </p>
    </SignInFrame>
  );
}
