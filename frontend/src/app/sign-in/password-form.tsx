import { Button } from "@heroui/react/button";
import { Description } from "@heroui/react/description";
import { FieldError } from "@heroui/react/field-error";
import { Form } from "@heroui/react/form";
import { Input } from "@heroui/react/input";
import { Label } from "@heroui/react/label";
import { TextField } from "@heroui/react/textfield";
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { toProblemError } from "@/lib/http/problem";
import { changePassword } from "@/lib/session/sign-in";

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
      <TextField name="current_password" type="password" autoComplete="current-password" isRequired isInvalid={!!errors.current_password}>
        <Label>
          <Trans>当前密码</Trans>
        </Label>
        <Input />
        <FieldError>{errors.current_password}</FieldError>
      </TextField>
      <TextField
        name="new_password"
        type="password"
        autoComplete="new-password"
        isRequired
        minLength={10}
        isInvalid={!!errors.new_password || undefined}
      >
        <Label>
          <Trans>新密码</Trans>
        </Label>
        <Input />
        <Description>
          <Trans>至少 10 个字符，不要用姓名、生日或常见密码。</Trans>
        </Description>
        <FieldError>{errors.new_password}</FieldError>
      </TextField>
      <TextField name="repeated" type="password" autoComplete="new-password" isRequired isInvalid={!!errors.repeated}>
        <Label>
          <Trans>再输一次新密码</Trans>
        </Label>
        <Input />
        <FieldError>{errors.repeated}</FieldError>
      </TextField>
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
