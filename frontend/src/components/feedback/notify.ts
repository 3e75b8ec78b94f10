import { toast } from "@heroui/react/toast";
import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { toProblemError } from "@/lib/http/problem";

/** Says that something was done. Short, in the past tense: "已保存". */
export function notify(message: string, description?: string): void {
  toast.success(message, { description, timeout: 4000 });
}

/** Says that something was done and offers to take it back, instead of asking beforehand. */
export function notifyWithUndo(message: string, undo: () => void, description?: string): void {
  const key = toast(message, {
    description,
    timeout: 8000,
    actionProps: {
      children: i18n._(msg`撤销`),
      variant: "tertiary",
      size: "sm",
      onPress: () => {
        toast.close(key);
        undo();
      },
    },
  });
}

/** Says what went wrong with a request, in the server's own words; errors of single fields belong into the form instead. */
export function notifyError(error: unknown): void {
  const problem = toProblemError(error);
  if (problem.status === 0) {
    toast.danger(i18n._(msg`连接不上服务器`), { description: i18n._(msg`请检查网络后重试。已填写的内容仍在。`), timeout: 0 });
    return;
  }
  toast.danger(problem.problem.title, { description: problem.problem.detail ?? undefined, timeout: 8000 });
}
