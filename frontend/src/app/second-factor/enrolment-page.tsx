import { Trans, useLingui } from "@lingui/react/macro";
import { usePageTitle } from "@/lib/routing/page-title";
import { enterAgain, signOut } from "@/lib/session/sign-in";
import { SignInFrame } from "../sign-in/sign-in-frame";
import { SecondFactorSetup } from "./second-factor-setup";

/** Stands before everything else until the account has a second factor. */
export function EnrolmentPage() {
  const { t } = useLingui();
  usePageTitle(t`设置动态验证码`);
  return (
    <SignInFrame
      title={t`设置动态验证码`}
      lead={t`这里有未成年人的敏感信息，所以教职工登录除密码外还要一个动态验证码。只需设置一次，约两分钟。`}
    >
      <SecondFactorSetup onDone={() => void enterAgain()} />
      <p className="mt-4 text-center text-xs" data-print="hide">
        <button type="button" className="cursor-pointer rounded px-2 py-1 text-muted hover:text-foreground" onClick={() => void signOut()}>
          <Trans>退出，换一个账号</Trans>
        </button>
      </p>
    </SignInFrame>
  );
}
