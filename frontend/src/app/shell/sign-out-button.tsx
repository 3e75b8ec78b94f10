import { Trans } from "@lingui/react/macro";
import { LogOut } from "lucide-react";
import { PlainButton } from "@/components/plain-button";
import { signOut } from "@/lib/session/sign-in";

/** In sight on every page, for computers that several people use one after another. */
export function SignOutButton() {
  return (
    <PlainButton variant="secondary" size="sm" onClick={() => void signOut()}>
      <LogOut aria-hidden />
      <Trans>退出</Trans>
    </PlainButton>
  );
}
