import { Trans, useLingui } from "@lingui/react/macro";
import { CloudOff, Lock, SearchX, TriangleAlert } from "lucide-react";
import { toProblemError } from "@/lib/http/problem";
import { PlainButton } from "../plain-button";
import { StateMessage } from "./state-message";

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  size?: "page" | "panel";
}

/** Shows any failed request in the form that fits its status: not allowed, not there, out of reach, or broken. */
export function ErrorState({ error, onRetry, size = "page" }: ErrorStateProps) {
  const { t } = useLingui();
  const { status, problem } = toProblemError(error);
  const retry = onRetry && (
    <PlainButton variant="secondary" size="sm" onClick={onRetry}>
      <Trans>重试</Trans>
    </PlainButton>
  );
  if (status === 403)
    return (
      <StateMessage icon={Lock} size={size} title={t`您没有查看此内容的权限`}>
        {problem.detail ?? t`权限按岗位和班级分配。如工作需要，请联系学校管理员。`}
      </StateMessage>
    );
  if (status === 404)
    return (
      <StateMessage icon={SearchX} size={size} title={t`找不到这个页面或记录`}>
        {t`它可能已被移走，或不在您负责的范围内。`}
      </StateMessage>
    );
  if (status === 0 && problem.code === "unreachable")
    return (
      <StateMessage icon={CloudOff} size={size} title={t`连接不上服务器`} action={retry}>
        {t`请检查网络后重试。已填写的内容仍在。`}
      </StateMessage>
    );
  return (
    <StateMessage icon={TriangleAlert} size={size} title={problem.title || t`出错了`} action={retry}>
      {problem.detail ?? t`请稍后重试；若仍然出错，请把下面的编号告诉管理员。`}
      {problem.instance && <code className="mt-2 block font-mono text-xs">{problem.instance}</code>}
    </StateMessage>
  );
}
