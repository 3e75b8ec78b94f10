import { Trans, useLingui } from "@lingui/react/macro";
import { ChevronRight, Printer, Smartphone } from "lucide-react";
import { type ReactNode, useState } from "react";
import { toProblemError } from "@/lib/http/problem";
import { beginEnrolment, type Enrolment, type FactorKind } from "@/lib/session/second-factor";
import { AppStep } from "./app-step";
import { CodeSheet } from "./code-sheet";
import { ConfirmCode } from "./confirm-code";

interface SecondFactorSetupProps {
  onDone: () => void;
  /** A code of the second factor in use, where there is one to be replaced. */
  code?: string;
}

/** Choosing an app or paper, showing a first code, keeping the recovery codes. */
export function SecondFactorSetup({ onDone, code }: SecondFactorSetupProps) {
  const { t } = useLingui();
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [recovery, setRecovery] = useState<string[] | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  const begin = (kind: FactorKind) => {
    setRefusal(null);
    beginEnrolment(kind, code).then(setEnrolment, (error: unknown) => {
      const problem = toProblemError(error);
      setRefusal(problem.fields[0]?.message ?? problem.message);
    });
  };
  const confirmed = (codes: string[]) => (codes.length > 0 ? setRecovery(codes) : onDone());

  if (recovery)
    return (
      <CodeSheet
        title={t`恢复码`}
        codes={recovery}
        lead={t`手机丢失或不在身边时，用恢复码代替验证码登录，每个只能用一次。请打印或抄下来，和身份证放在一起，不要存在这台电脑上。`}
        onKept={onDone}
      />
    );
  if (enrolment?.kind === "totp") return <AppStep enrolment={enrolment} onConfirmed={confirmed} onBack={() => setEnrolment(null)} />;
  if (enrolment)
    return (
      <CodeSheet
        title={t`打印的验证码`}
        codes={enrolment.codes}
        lead={t`每次登录用掉一个，用后划掉；用完前可以再打印。请随身保管，不要贴在电脑旁。打印后输入其中任意一个，即设置完成。`}
      >
        <ConfirmCode label={t`纸上的任意一个验证码`} onConfirmed={confirmed} onBack={() => setEnrolment(null)} />
      </CodeSheet>
    );
  return (
    <div className="flex flex-col gap-2">
      <Choice icon={<Smartphone aria-hidden />} onClick={() => begin("totp")} note={t`推荐：手机离线也能用，不收短信`}>
        <Trans>用手机上的验证器</Trans>
      </Choice>
      <Choice icon={<Printer aria-hidden />} onClick={() => begin("printed")} note={t`40 个一次性验证码，用完再打印`}>
        <Trans>没有手机，打印验证码</Trans>
      </Choice>
      {refusal && (
        <p role="alert" className="rounded-lg bg-danger-soft px-3 py-2 text-danger-soft-foreground text-sm">
          {refusal}
        </p>
      )}
    </div>
  );
}

function Choice({ icon, note, children, onClick }: { icon: ReactNode; note: string; children: ReactNode; onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex w-full cursor-pointer items-center gap-3 rounded-lg border border-border px-4 py-3 text-left hover:border-accent hover:bg-accent-soft [&>svg:first-child]:size-5 [&>svg]:shrink-0"
    >
      {icon}
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{children}</span>
        <span className="block text-muted text-xs">{note}</span>
      </span>
      <ChevronRight aria-hidden className="size-4 text-muted" />
    </button>
  );
}
