import { useQuery } from "@tanstack/react-query";
import { delegationsOfOptions } from "@/api/@tanstack/react-query.gen";
import { DelegationsCard } from "@/components/account/delegations-card";
import { QueryState } from "@/components/states/query-state";
import { findColleagues } from "./find-colleagues";

/** Who stands in for this person, and for whom they stand in; single cases are no business of the administration. */
export function AccountDelegations({ accountId }: { accountId: string }) {
  return (
    <QueryState query={useQuery(delegationsOfOptions({ path: { account_id: accountId } }))} size="panel">
      {(delegations) => <DelegationsCard delegations={delegations} find={findColleagues} />}
    </QueryState>
  );
}
