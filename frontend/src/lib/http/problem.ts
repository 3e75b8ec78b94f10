/** One field of a refused payload: `pointer` is a JSON pointer such as `#/goals/0/due_on`. */
export interface FieldProblem {
  pointer: string;
  code: string;
  message: string;
}

/** The body of every error answer (RFC 9457). */
export interface Problem {
  type?: string;
  title: string;
  status: number;
  detail?: string | null;
  code: string;
  instance?: string | null;
  errors?: FieldProblem[];
  /** With `mfa_required`: what the second step of signing in needs. */
  ticket?: string | null;
  factor?: "totp" | "printed" | null;
  may_trust_device?: boolean | null;
}

/** What every failed request throws; `status` 0 means that no answer came at all. */
export class ProblemError extends Error {
  readonly problem: Problem;
  readonly retryAfter: number | null;

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail || problem.title);
    this.name = "ProblemError";
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  get status() {
    return this.problem.status;
  }

  get code() {
    return this.problem.code;
  }

  get fields(): FieldProblem[] {
    return this.problem.errors ?? [];
  }
}

export function isProblemBody(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "status" in body && "title" in body && "code" in body;
}

/** Turns whatever was thrown (an answer's body, a network failure) into a ProblemError. */
export function toProblemError(error: unknown, response?: Response): ProblemError {
  if (error instanceof ProblemError) return error;
  const retryAfter = Number(response?.headers.get("Retry-After")) || null;
  if (isProblemBody(error)) return new ProblemError(error, retryAfter);
  const status = response?.status ?? 0;
  const title = error instanceof Error && status === 0 ? error.message : `HTTP ${status}`;
  return new ProblemError({ title, status, code: status === 0 ? "unreachable" : "unexpected" }, retryAfter);
}
