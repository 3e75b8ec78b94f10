import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { ProblemError } from "@/lib/http/problem";

/** Why signing in was refused, in words: how long to wait, too. */
export function useSignInRefusal(): (error: unknown) => string {
  const { t } = useLingui();
  return (error) => {
    if (!(error instanceof ProblemError)) return t`登录失败，请稍后重试。`;
    if (error.status === 0) return t`连接不上服务器，请检查网络后重试。`;
    if (error.status === 429 && error.retryAfter) {
      const minutes = Math.ceil(error.retryAfter / 60);
      return error.retryAfter < 60
        ? t`尝试次数过多，请 ${plural(error.retryAfter, { other: "# 秒" })}后再试。`
        : t`尝试次数过多，请 ${plural(minutes, { other: "# 分钟" })}后再试。`;
    }
    return error.problem.detail ?? error.problem.title;
  };
}
