import type { CreateClientConfig } from "@/api/client.gen";
import { apiFetch } from "./api-fetch";

/** Every generated call goes through `apiFetch` and throws; `start-client.ts` turns what is thrown into a ProblemError. */
export const createClientConfig: CreateClientConfig = (config) => ({
  ...config,
  baseUrl: "",
  fetch: apiFetch,
  throwOnError: true,
});
