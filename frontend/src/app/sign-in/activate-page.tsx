import { Button } from "@heroui/react/button";
import { FieldError } from "@heroui/react/field-error";
import { Form } from "@heroui/react/form";
import { Input } from "@heroui/react/input";
import { Label } from "@heroui/react/label";
import { TextField } from "@heroui/react/textfield";
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import type { Activated } from "@/api";
import { CopyButton } from "@/components/copy-button";
import { toProblemError } from "@/lib/http/problem";
import { usePageTitle } from "@/lib/routing/page-title";
import { activate, signIn } from "@/lib/session/sign-in";
import { PasswordField } from "./password-field";
import { RefusalAlert } from "./refusal-alert";
import { SignInFrame } from "./sign-in-frame";
import { useSignInRefusal } from "./use-sign-in-refusal";

/** Whoever has a slip opens their own account. The code may come behind the address's #, which goes to no server. */
export function ActivatePage() {
  const { t } = useLingui();
  const refused = useSignInRefusal();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [errors, setErrors] = useState<{ password?: string; repeated?: string }>({});
  const [isPending, setPending] = useState(false);
  const [made, setMade] = useState<{ account: Activated; password: string }>();
  const [code] = useState(() => decodeURIComponent(window.location.hash.slice(1)));
  usePageTitle(t`激活家长账号`);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = String(form.get("password"));
    setRefusal(null);
    if (password !== form.get("repeated")) return setErrors({ repeated: t`两次输入的密码不一致。` });
    setErrors({});
    setPending(true);
    try {
      const body = {
        code: String(form.get("code")),
        child_name: String(form.get("child_name")),
        child_birth_on: String(form.get("child_birth_on")),
        password,
      };
      const account = await activate(body);
      // The code is spent: it stays neither in the address nor in the browser's history.
      window.history.replaceState(null, "", "/");
      setMade({ account, password });
    } catch (error) {
      const problem = toProblemError(error);
      const own = problem.fields.find(({ pointer }) => pointer.endsWith("/password"));
      if (own) setErrors({ password: own.message });
      else setRefusal(refused(problem));
    }
    setPending(false);
  };

  if (made) return <Opened {...made} />;
  return (
    <SignInFrame title={t`激活家长账号`} lead={t`请照学校发的激活单填写。孩子的信息用来核对，只需填写一个孩子的。`}>
      <Form onSubmit={submit} className="flex flex-col gap-4">
        <TextField name="code" isRequired defaultValue={code} autoComplete="one-time-code" autoFocus={!code}>
          <Label>
            <Trans>激活码</Trans>
          </Label>
          <Input autoCapitalize="none" spellCheck={false} className="font-mono" />
        </TextField>
        <TextField name="child_name" isRequired autoComplete="off">
          <Label>
            <Trans>孩子的姓名</Trans>
          </Label>
          <Input />
        </TextField>
        <TextField name="child_birth_on" isRequired type="date">
          <Label>
            <Trans>孩子的出生日期</Trans>
          </Label>
          <Input className="tnum" />
          <FieldError />
        </TextField>
        <PasswordField
          name="password"
          label={<Trans>设置密码</Trans>}
          autoComplete="new-password"
          minLength={8}
          description={<Trans>至少 8 个字符，建议用几个不相干的词；不要用姓名、生日、电话、学校名或常见密码。</Trans>}
          error={errors.password}
        />
        <PasswordField name="repeated" label={<Trans>再输一次密码</Trans>} autoComplete="new-password" error={errors.repeated} />
        <RefusalAlert refusal={refusal} />
        <Button type="submit" fullWidth isPending={isPending}>
          {isPending ? <Trans>正在激活…</Trans> : <Trans>激活</Trans>}
        </Button>
        <p className="text-center text-muted text-xs">
          <a href="/" className="text-link hover:underline">
            <Trans>已有账号，去登录</Trans>
          </a>
        </p>
      </Form>
    </SignInFrame>
  );
}

function Opened({ account, password }: { account: Activated; password: string }) {
  const { t } = useLingui();
  const refused = useSignInRefusal();
  const [refusal, setRefusal] = useState<string | null>(null);
  const { username } = account;
  const enter = () => signIn(username, password).catch((error: unknown) => setRefusal(refused(error)));
  return (
    <SignInFrame title={t`激活成功`} lead={t`请记下您的账号，以后用它和刚设置的密码登录。`}>
      <div className="flex flex-col gap-4">
        <p className="flex items-center justify-between gap-2 rounded-lg bg-success-soft px-4 py-3 text-success-soft-foreground">
          <span>
            <span className="block text-xs">
              <Trans>您的账号</Trans>
            </span>
            <span className="font-mono text-lg">{username}</span>
          </span>
          <CopyButton text={username} label={t`复制账号`} />
        </p>
        <p className="text-sm">{t`孩子：${account.children.join(t`、`)}`}</p>
        <RefusalAlert refusal={refusal} />
        <Button fullWidth onPress={() => void enter()}>
          <Trans>进入家长平台</Trans>
        </Button>
      </div>
    </SignInFrame>
  );
}
