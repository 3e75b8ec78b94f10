import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { delegationsOwnOptions } from "@/api/@tanstack/react-query.gen";
import { DelegationsCard } from "@/components/account/delegations-card";
import { findStaff, postsInWords } from "@/components/form/staff-input";
import { QueryState } from "@/components/states/query-state";

/** Who stands in for me, and for whom I stand in. */
export function OwnDelegations() {
  const { i18n } = useLingui();
  const find = async (text: string, signal: AbortSignal) =>
    (await findStaff(text, signal)).map((one) => ({ value: one.id, label: one.name, note: postsInWords(one, i18n) }));
  return (
    <QueryState query={useQuery(delegationsOwnOptions())} size="panel">
      {(delegations) => <DelegationsCard delegations={delegations} find={find} />}
    </QueryState>
  );
}
