import { useQuery } from "@tanstack/react-query";
import { homeReadOptions, myWeekReadOptions } from "@/api/@tanstack/react-query.gen";
import { accountsList, duplicatesList, interventionsList, whereaboutsList } from "@/api/sdk.gen";
import { useMe } from "@/lib/session/session-store";
import type { WaitingTask } from "./task";

export function useHome() {
  return useQuery(homeReadOptions());
}

/** What I owe this week, and how my department's clauses stand. */
export const useMyWeek = () => useQuery(myWeekReadOptions());

function waiting(key: string, count: number, search: Record<string, string> = {}): WaitingTask[] {
  return count > 0 ? [{ key, count, search }] : [];
}

async function newAccounts(signal: AbortSignal): Promise<WaitingTask[]> {
  const { items } = (await accountsList({ query: { limit: 200 }, signal })).data;
  return waiting("accounts_new", items.filter((account) => account.must_change_password && !account.is_disabled).length);
}

async function openInRoster(signal: AbortSignal): Promise<WaitingTask[]> {
  const [missing, pairs] = await Promise.all([
    whereaboutsList({ query: { state: "open", limit: 200 }, signal }),
    duplicatesList({ query: { state: "suggested", limit: 200 }, signal }),
  ]);
  return [
    ...waiting("whereabouts_open", missing.data.items.length, { state: "open" }),
    ...waiting("duplicates_open", pairs.data.items.length, { state: "suggested" }),
  ];
}

/** What waits for an administrator (accounts handed out whose owner has not come yet) and for the registrar. */
export function useOfficeTasks() {
  const { menu, roles } = useMe();
  const accounts = menu.includes("accounts");
  // The district brings rosters in, too; what they leave open is the school's own registrar's.
  const rosters = roles.some(({ role }) => role === "registrar");
  return useQuery({
    queryKey: ["home-office", accounts, rosters],
    queryFn: async ({ signal }) => [...(rosters ? await openInRoster(signal) : []), ...(accounts ? await newAccounts(signal) : [])],
    enabled: accounts || rosters,
  });
}

/** Records since Monday: of all students this person sees, and their own. */
export function useWeek(monday: string) {
  const { person } = useMe();
  const count = async (query: { doer_staff_id?: string }, signal: AbortSignal) =>
    (await interventionsList({ query: { ...query, held_from: monday, is_void: false, count: true, limit: 1 }, signal })).data.count ?? 0;
  return useQuery({
    queryKey: ["home-week", monday, person?.id],
    queryFn: async ({ signal }) => ({
      all: await count({}, signal),
      mine: person?.kind === "staff" ? await count({ doer_staff_id: person.id }, signal) : 0,
    }),
  });
}
