import { Button } from "@heroui/react/button";
import { Form } from "@heroui/react/form";
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { toProblemError } from "@/lib/http/problem";
import { changePassword } from "@/lib/session/sign-in";
import { PasswordField } from "./password-field";

type FieldErrors = { current_password?: string; new_password?: string; repeated?: string; form?: string };

export function PasswordForm({ onChanged }: { onChanged?: () => void }) {
  const { t } = useLingui();
  const [errors, setErrors] = useState<FieldErrors>({});
  const [isPending, setPending] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const next = String(form.get("new_password"));
    if (next !== form.get("repeated")) return setErrors({ repeated: t`两次输入的新密码不一致。` });
    setPending(true);
    setErrors({});
    try {
      await changePassword(String(form.get("current_password")), next);
      onChanged?.();
    } catch (error) {
      setErrors(fieldErrors(error));
    }
    setPending(false);
  };

  return (
    <Form onSubmit={submit} className="flex flex-col gap-4">
      <PasswordField
        name="current_password"
        label={<Trans>当前密码</Trans>}
        autoComplete="current-password"
        error={errors.current_password}
      />
      <PasswordField
        name="new_password"
        label={<Trans>新密码</Trans>}
        autoComplete="new-password"
        minLength={8}
        description={<Trans>至少 8 个字符，建议用几个不相干的词；不要用姓名、生日、电话、学校名或常见密码。</Trans>}
        error={errors.new_password}
      />
      <PasswordField name="repeated" label={<Trans>再输一次新密码</Trans>} autoComplete="new-password" error={errors.repeated} />
      {errors.form && (
        <p role="alert" className="rounded-lg bg-danger-soft px-3 py-2 text-danger-soft-foreground text-sm">
          {errors.form}
        </p>
      )}
      <Button type="submit" fullWidth isPending={isPending}>
        <Trans>保存新密码</Trans>
      </Button>
    </Form>
  );
}

function fieldErrors(error: unknown): FieldErrors {
  const problem = toProblemError(error);
  const found: FieldErrors = {};
  for (const { pointer, message } of problem.fields) {
    if (pointer.endsWith("/current_password")) found.current_password = message;
    else if (pointer.endsWith("/new_password")) found.new_password = message;
    else found.form = message;
  }
  return Object.keys(found).length > 0 ? found : { form: problem.message };
}
