import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { toProblemError } from "@/lib/http/problem";

/** The toasts' code comes with the first message (and after the first page, see toast-region), not with the page. */
type Toast = typeof import("@heroui/react/toast")["toast"];

function withToast(show: (toast: Toast) => void): void {
  void import("@heroui/react/toast").then(({ toast }) => show(toast));
}

/** Says that something was done. Short, in the past tense: "已保存". */
export function notify(message: string, description?: string): void {
  withToast((toast) => toast.success(message, { description, timeout: 4000 }));
}

/** Says that something was done and offers to take it back, instead of asking beforehand. */
export function notifyWithUndo(message: string, undo: () => void, description?: string): void {
  withToast((toast) => {
    const onPress = () => {
      toast.close(key);
      undo();
    };
    const actionProps = { children: i18n._(msg`撤销`), variant: "tertiary", size: "sm", onPress } as const;
    const key = toast(message, { description, timeout: 8000, actionProps });
  });
}

/** Says what went wrong with a request, in the server's own words; errors of single fields belong into the form instead. */
export function notifyError(error: unknown): void {
  const problem = toProblemError(error);
  const [title, description, timeout] =
    problem.status === 0
      ? [i18n._(msg`连接不上服务器`), i18n._(msg`请检查网络后重试。已填写的内容仍在。`), 0]
      : [problem.problem.title, problem.problem.detail ?? undefined, 8000];
  withToast((toast) => toast.danger(title, { description, timeout }));
}

/**
 * Says that a change was done once it is, with the way back where there is one, or why it was not. By its promise: the callbacks of a mutation go
 * with the row or the dialog that its success closes.
 */
export function notifyWhenDone(change: Promise<unknown>, message: string, undo?: () => Promise<unknown>): void {
  const say = () => (undo ? notifyWithUndo(message, () => void undo().catch(notifyError)) : notify(message));
  void change.then(say, notifyError);
}
