import { QueryClient } from "@tanstack/react-query";
import { ProblemError } from "./problem";

function mayRetry(failures: number, error: unknown): boolean {
  const isAnswered = error instanceof ProblemError && error.status !== 0 && error.status < 500;
  return !isAnswered && failures < 2;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, gcTime: 10 * 60_000, retry: mayRetry, refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
});
