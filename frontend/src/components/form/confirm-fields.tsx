import { useLingui } from "@lingui/react/macro";
import type { Control } from "react-hook-form";
import { TextInput } from "@/components/form/text-input";
import type { Factor } from "@/lib/session/confirming";

interface Confirming {
  password: string;
  code: string;
}

/** Password and, where there is one, second factor: who signed in a while ago shows anew who they are. */
export function ConfirmFields<T extends Confirming>({ control: given, factor }: { control: Control<T>; factor: Factor }) {
  const { t } = useLingui();
  const control = given as unknown as Control<Confirming>;
  return (
    <>
      <TextInput
        control={control}
        name="password"
        type="password"
        autoComplete="current-password"
        label={t`您的密码`}
        description={t`登录已超过 5 分钟，请确认是您本人。`}
        isRequired
        rules={{ required: t`请输入密码` }}
      />
      {factor && (
        <TextInput
          control={control}
          name="code"
          autoComplete="one-time-code"
          label={t`动态验证码`}
          description={t`验证器的 6 位数字，或一个没用过的恢复码、打印码。`}
          isRequired
          rules={{ required: t`请输入验证码` }}
        />
      )}
    </>
  );
}
