import { Button } from "@heroui/react/button";
import { Form } from "@heroui/react/form";
import { Input } from "@heroui/react/input";
import { Label } from "@heroui/react/label";
import { TextField } from "@heroui/react/textfield";
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { usePageTitle } from "@/lib/routing/page-title";
import { useSession } from "@/lib/session/session-store";
import type { SecondStepAsked } from "@/lib/session/session-types";
import { signIn } from "@/lib/session/sign-in";
import { PasswordField } from "./password-field";
import { RefusalAlert } from "./refusal-alert";
import { SecondStep } from "./second-step";
import { SignInFrame } from "./sign-in-frame";
import { useSignInRefusal } from "./use-sign-in-refusal";

/** `isReturning`: the session ran out while work was open, which waits behind this form. */
export function SignInPage({ isReturning = false }: { isReturning?: boolean }) {
  const { t } = useLingui();
  const { me, school } = useSession();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const [asked, setAsked] = useState<SecondStepAsked | null>(null);
  const signInRefusal = useSignInRefusal();
  usePageTitle(t`登录`);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setPending(true);
    setRefusal(null);
    try {
      const schoolId = isReturning ? school?.id : undefined;
      const next = await signIn(String(form.get("username")).trim(), String(form.get("password")), schoolId);
      if (next) setAsked(next);
      setPending(false);
    } catch (error) {
      setPending(false);
      setRefusal(signInRefusal(error));
    }
  };

  const startOver = (reason?: string) => {
    setAsked(null);
    setRefusal(reason ?? null);
  };
  if (asked) return <SecondStep asked={asked} onStartOver={startOver} />;

  return (
    <SignInFrame
      title={isReturning ? t`请重新登录` : t`登录`}
      lead={isReturning ? t`登录已过期。未保存的内容还在，登录后可继续。` : t`请使用学校发给您的账号。`}
    >
      <Form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          name="username"
          autoComplete="username"
          isRequired
          defaultValue={isReturning ? me?.account.username : ""}
          autoFocus={!isReturning}
        >
          <Label>
            <Trans>账号</Trans>
          </Label>
          <Input autoCapitalize="none" spellCheck={false} />
        </TextField>
        <PasswordField name="password" label={<Trans>密码</Trans>} autoComplete="current-password" autoFocus={isReturning} />
        <RefusalAlert refusal={refusal} />
        <Button type="submit" fullWidth isPending={isPending} className="mt-1">
          {isPending ? <Trans>正在登录…</Trans> : <Trans>登录</Trans>}
        </Button>
        <p className="text-center text-muted text-xs">
          <Trans>忘记密码请联系学校管理员重置。</Trans>
        </p>
      </Form>
    </SignInFrame>
  );
}
