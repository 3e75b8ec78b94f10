import { Button } from "@heroui/react/button";
import { Description } from "@heroui/react/description";
import { Form } from "@heroui/react/form";
import { Input } from "@heroui/react/input";
import { Label } from "@heroui/react/label";
import { TextField } from "@heroui/react/textfield";
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { ProblemError } from "@/lib/http/problem";
import { usePageTitle } from "@/lib/routing/page-title";
import type { SecondStepAsked } from "@/lib/session/session-types";
import { takeSecondStep } from "@/lib/session/sign-in";
import { RefusalAlert } from "./refusal-alert";
import { SignInFrame } from "./sign-in-frame";
import { useSignInRefusal } from "./use-sign-in-refusal";

/** After the password: a code of the app, a recovery code, or a line of the printed sheet. */
export function SecondStep({ asked, onStartOver }: { asked: SecondStepAsked; onStartOver: (reason?: string) => void }) {
  const { t } = useLingui();
  const refusalOf = useSignInRefusal();
  const [isByHand, setByHand] = useState(asked.factor === "printed");
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  usePageTitle(t`登录`);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setPending(true);
    setRefusal(null);
    try {
      await takeSecondStep(asked.ticket, String(form.get("code")).trim(), form.get("trust") === "on");
    } catch (error) {
      setPending(false);
      if (error instanceof ProblemError && error.code === "ticket_expired") return onStartOver(refusalOf(error));
      setRefusal(refusalOf(error));
    }
  };

  const lead = isByHand
    ? asked.factor === "printed"
      ? t`请输入打印的验证码中任意一个没用过的，用后划掉。`
      : t`请输入一个没用过的恢复码，用后划掉。`
    : t`请打开手机上的验证器，输入现在显示的 6 位数字。`;

  return (
    <SignInFrame title={t`输入动态验证码`} lead={lead}>
      <Form onSubmit={submit} className="flex flex-col gap-4">
        <TextField name="code" autoComplete="one-time-code" isRequired autoFocus key={String(isByHand)}>
          <Label>
            <Trans>验证码</Trans>
          </Label>
          <Input
            inputMode={isByHand ? "text" : "numeric"}
            autoCapitalize="none"
            spellCheck={false}
            className="font-mono tracking-widest"
            maxLength={20}
          />
          {isByHand && (
            <Description>
              <Trans>连同编号一起输入，如 07-abcd-efgh。</Trans>
            </Description>
          )}
        </TextField>
        {asked.mayTrust && (
          <label className="flex min-h-7 cursor-pointer items-start gap-2 text-sm">
            <input type="checkbox" name="trust" className="mt-0.5 size-4 accent-accent" />
            <span>
              <Trans>30 天内在这台设备上不再询问</Trans>
              <span className="block text-muted text-xs">
                <Trans>公用电脑请不要勾选。</Trans>
              </span>
            </span>
          </label>
        )}
        <RefusalAlert refusal={refusal} />
        <Button type="submit" fullWidth isPending={isPending}>
          {isPending ? <Trans>正在登录…</Trans> : <Trans>继续</Trans>}
        </Button>
        <p className="flex flex-wrap justify-center gap-x-4 gap-y-1 text-xs">
          {asked.factor === "totp" && (
            <button
              type="button"
              className="cursor-pointer rounded px-2 py-1 text-muted hover:text-foreground"
              onClick={() => setByHand(!isByHand)}
            >
              {isByHand ? <Trans>改用验证器</Trans> : <Trans>手机不在身边，用恢复码</Trans>}
            </button>
          )}
          <button type="button" className="cursor-pointer rounded px-2 py-1 text-muted hover:text-foreground" onClick={() => onStartOver()}>
            <Trans>换一个账号</Trans>
          </button>
        </p>
        <p className="text-center text-muted text-xs">
          <Trans>手机和恢复码都找不到时，请联系学校管理员重置。</Trans>
        </p>
      </Form>
    </SignInFrame>
  );
}
