import { client } from "@/api/client.gen";
import { toProblemError } from "./problem";

let isStarted = false;

export function startClient(): void {
  if (isStarted) return;
  isStarted = true;
  client.interceptors.error.use((error, response) => toProblemError(error, response));
}
