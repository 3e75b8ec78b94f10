import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useRef } from "react";
import { type DefaultValues, type FieldPath, type FieldValues, type Resolver, type UseFormReturn, useForm } from "react-hook-form";
import { type ProblemError, toProblemError } from "@/lib/http/problem";

export interface ApiFormOptions<T extends FieldValues> {
  defaultValues: DefaultValues<T>;
  /** Sends the values; whatever it throws is shown at the fields it names, or above the buttons. */
  submit: (values: T) => Promise<unknown>;
  /** After the server has accepted. */
  onDone?: () => void;
  /** Called on 412 with the server's refusal; show the conflict screen. */
  onConflict?: (problem: ProblemError) => void;
  resolver?: Resolver<T>;
}

export interface ApiForm<T extends FieldValues> extends UseFormReturn<T> {
  send: (event?: React.BaseSyntheticEvent) => Promise<void>;
}

/** `#/goals/0/due_on` → `goals.0.due_on`. */
export function fieldPathOf(pointer: string): string {
  return pointer
    .replace(/^#/, "")
    .split("/")
    .filter((part) => part !== "")
    .map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"))
    .join(".");
}

function knows(form: UseFormReturn<FieldValues>, path: string): boolean {
  return form.getFieldState(path) !== undefined && path.split(".").reduce<unknown>(step, form.control._fields) !== undefined;
}

function step(at: unknown, part: string): unknown {
  return typeof at === "object" && at !== null ? (at as Record<string, unknown>)[part] : undefined;
}

/** A form whose errors come from the server: 422 `errors[].pointer` land at their field, the rest above the buttons. */
export function useApiForm<T extends FieldValues>(options: ApiFormOptions<T>): ApiForm<T> {
  const form = useForm<T>({ defaultValues: options.defaultValues, resolver: options.resolver, shouldFocusError: true });
  const latest = useRef(options);
  latest.current = options;

  const refuse = (error: unknown) => {
    const problem = toProblemError(error);
    if (problem.status === 412 && latest.current.onConflict) return latest.current.onConflict(problem);
    const homeless: string[] = [];
    let isFirst = true;
    for (const { pointer, message } of problem.fields) {
      const path = fieldPathOf(pointer);
      if (!knows(form as unknown as UseFormReturn<FieldValues>, path)) {
        homeless.push(message);
        continue;
      }
      form.setError(path as FieldPath<T>, { type: "server", message }, { shouldFocus: isFirst });
      isFirst = false;
    }
    if (problem.fields.length === 0) {
      const unreachable = i18n._(msg`连接不上服务器，请检查网络后重试。`);
      homeless.push(problem.status === 0 ? unreachable : (problem.problem.detail ?? problem.problem.title));
    }
    if (homeless.length > 0) form.setError("root.server", { type: "server", message: homeless.join("\n") });
  };

  const send = form.handleSubmit(async (values) => {
    form.clearErrors("root.server");
    try {
      await latest.current.submit(values as T);
    } catch (error) {
      return refuse(error);
    }
    latest.current.onDone?.();
  });
  return Object.assign(form, { send });
}
