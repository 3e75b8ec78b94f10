import { Trans, useLingui } from "@lingui/react/macro";
import { CircleAlert, ShieldCheck } from "lucide-react";
import { useState } from "react";
import type { SecondFactorShown } from "@/api/types.gen";
import { Facts } from "@/components/facts";
import { notify, notifyError } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { StatusChip } from "@/components/status-chip";
import { formatInstant } from "@/lib/texts/format";
import { CodeSheet } from "../second-factor/code-sheet";
import { SecondFactorSetup } from "../second-factor/second-factor-setup";
import { AskCode } from "./ask-code";
import { useForgetDevice, useRenewCodes, useReread } from "./queries";

type Step =
  | { kind: "rest" }
  | { kind: "asking"; next: "codes" | "replace" }
  | { kind: "replacing"; code?: string }
  | { kind: "codes"; codes: string[] };

/** My second factor: what it is, how many codes are left, another phone, trusted browsers. */
export function SecondFactorCard({ factor }: { factor: SecondFactorShown }) {
  const { t } = useLingui();
  const [step, setStep] = useState<Step>({ kind: "rest" });
  const renew = useRenewCodes();
  const reread = useReread();
  const back = () => setStep({ kind: "rest" });
  const done = () => {
    back();
    void reread();
    notify(t`动态验证码已设置`);
  };
  const isPrinted = factor.kind === "printed";

  if (step.kind === "asking")
    return (
      <SectionCard title={t`动态验证码`}>
        <AskCode
          onBack={back}
          submit={async (code) => {
            if (step.next === "replace") return setStep({ kind: "replacing", code });
            setStep({ kind: "codes", codes: (await renew.mutateAsync({ body: { code } })).codes });
          }}
        />
      </SectionCard>
    );
  if (step.kind === "replacing")
    return (
      <SectionCard title={t`动态验证码`}>
        <div className="max-w-sm">
          <SecondFactorSetup code={step.code} onDone={done} />
        </div>
      </SectionCard>
    );
  if (step.kind === "codes")
    return (
      <SectionCard title={t`动态验证码`}>
        <div className="max-w-md">
          <CodeSheet
            title={isPrinted ? t`打印的验证码` : t`恢复码`}
            lead={t`原来的码已全部作废。请打印或抄下新的码，每个只能用一次。`}
            codes={step.codes}
            onKept={back}
          />
        </div>
      </SectionCard>
    );

  return (
    <SectionCard
      title={t`动态验证码`}
      description={t`登录时除密码外再输入的验证码。`}
      actions={
        <>
          {factor.kind && (
            <PlainButton size="sm" variant="secondary" onClick={() => setStep({ kind: "asking", next: "codes" })}>
              {isPrinted ? <Trans>重新打印</Trans> : <Trans>换一批恢复码</Trans>}
            </PlainButton>
          )}
          <PlainButton
            size="sm"
            variant="secondary"
            onClick={() => setStep(factor.kind ? { kind: "asking", next: "replace" } : { kind: "replacing" })}
          >
            {factor.kind ? <Trans>更换方式或手机</Trans> : <Trans>设置</Trans>}
          </PlainButton>
        </>
      }
    >
      <Facts
        columns={1}
        facts={[
          {
            label: t`状态`,
            value: factor.kind ? (
              <StatusChip tone="success" icon={ShieldCheck}>
                {isPrinted ? t`打印的验证码` : t`手机验证器`}
              </StatusChip>
            ) : (
              <StatusChip tone="warning" icon={CircleAlert}>
                {t`未设置`}
              </StatusChip>
            ),
          },
          { label: isPrinted ? t`剩余验证码` : t`剩余恢复码`, value: factor.kind ? t`${factor.codes_left} 个` : "—" },
          { label: t`设置时间`, value: formatInstant(factor.confirmed_at) },
          { label: t`信任的设备`, value: factor.may_trust_device ? <Devices factor={factor} /> : t`您的岗位每次登录都要验证` },
        ]}
      />
    </SectionCard>
  );
}

function Devices({ factor }: { factor: SecondFactorShown }) {
  const { t } = useLingui();
  const forget = useForgetDevice();
  if (factor.devices.length === 0) return t`无`;
  return (
    <ul className="flex flex-col gap-1">
      {factor.devices.map((device) => {
        const name = device.device || t`未知设备`;
        const until = formatInstant(device.trusted_until);
        return (
          <li key={device.id} className="flex flex-wrap items-center gap-x-3">
            <span>{name}</span>
            <span className="tnum text-muted text-xs">{t`至 ${until}`}</span>
            <PlainButton
              size="sm"
              variant="ghost"
              aria-label={t`不再信任：${name}`}
              onClick={() =>
                void forget
                  .mutateAsync({ path: { device_id: device.id } })
                  .then(() => notify(t`下次在该设备登录时会要求验证码`), notifyError)
              }
            >
              <Trans>不再信任</Trans>
            </PlainButton>
          </li>
        );
      })}
    </ul>
  );
}
