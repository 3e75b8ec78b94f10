import { useQuery } from "@tanstack/react-query";
import { homeReadOptions } from "@/api/@tanstack/react-query.gen";
import { accountsList } from "@/api/sdk.gen";
import { useMe } from "@/lib/session/session-store";
import type { WaitingTask } from "./task";

export function useHome() {
  return useQuery(homeReadOptions());
}

async function newAccounts(signal: AbortSignal): Promise<WaitingTask[]> {
  const { items } = (await accountsList({ query: { limit: 200 }, signal })).data;
  const count = items.filter((account) => account.must_change_password && !account.is_disabled).length;
  return count > 0 ? [{ key: "accounts_new", count, search: {} }] : [];
}

/** What waits for an administrator: accounts handed out whose owner has not come yet. */
export function useAccountTasks() {
  const { menu } = useMe();
  return useQuery({ queryKey: ["home-accounts"], queryFn: ({ signal }) => newAccounts(signal), enabled: menu.includes("accounts") });
}
