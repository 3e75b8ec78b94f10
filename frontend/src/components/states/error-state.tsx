import { Trans, useLingui } from "@lingui/react/macro";
import { CloudOff, Lock, type LucideIcon, SearchX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { type ProblemError, toProblemError } from "@/lib/http/problem";
import { useTitleMeanwhile } from "@/lib/routing/page-title";
import { PlainButton } from "../plain-button";
import { StateMessage } from "./state-message";

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  size?: "page" | "panel";
}

interface Refusal {
  icon: LucideIcon;
  title: string;
  why: ReactNode;
  mayRetry: boolean;
}

/** Shows any failed request in the form that fits its status: not allowed, not there, out of reach, or broken. */
export function ErrorState({ error, onRetry, size = "page" }: ErrorStateProps) {
  const { icon, title, why, mayRetry } = useRefusal(toProblemError(error));
  const isWholePage = size === "page";
  useTitleMeanwhile(isWholePage ? title : "");
  const retry = mayRetry && onRetry && (
    <PlainButton variant="secondary" size="sm" onClick={onRetry}>
      <Trans>重试</Trans>
    </PlainButton>
  );
  return (
    <StateMessage icon={icon} size={size} title={title} isWholePage={isWholePage} action={retry}>
      {why}
    </StateMessage>
  );
}

function useRefusal({ status, problem }: ProblemError): Refusal {
  const { t } = useLingui();
  if (status === 403) {
    const why = problem.detail ?? t`权限按岗位和班级分配。如工作需要，请联系学校管理员。`;
    return { icon: Lock, title: t`您没有查看此内容的权限`, why, mayRetry: false };
  }
  if (status === 404) {
    const why = t`它可能已被移走，或不在您负责的范围内。`;
    return { icon: SearchX, title: t`找不到这个页面或记录`, why, mayRetry: false };
  }
  if (status === 0 && problem.code === "unreachable") {
    return { icon: CloudOff, title: t`连接不上服务器`, why: t`请检查网络后重试。已填写的内容仍在。`, mayRetry: true };
  }
  const why = (
    <>
      {problem.detail ?? t`请稍后重试；若仍然出错，请把下面的编号告诉管理员。`}
      {problem.instance && <code className="mt-2 block font-mono text-xs">{problem.instance}</code>}
    </>
  );
  return { icon: TriangleAlert, title: problem.title || t`出错了`, why, mayRetry: true };
}
