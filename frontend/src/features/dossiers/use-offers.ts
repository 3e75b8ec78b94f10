import type { DossierFile } from "@/api";
import { mayRecord, mayTell, mayWriteCases } from "@/lib/session/may";
import { useMe } from "@/lib/session/session-store";
import { leadOf } from "./lead-of";

/** Which parts of the file this reader may begin or add to; whoever leads the case adds to all of them. */
export function useOffers(file: DossierFile): { evidence: boolean; plan: boolean; record: boolean } {
  const me = useMe();
  const isLead = me.person !== null && leadOf(file)?.staff_id === me.person.id;
  const isRecognised = (file.recognitions ?? []).some(({ state, is_result_only }) => state === "recognised" && !is_result_only);
  const inMaking = (file.plan_versions ?? []).some(({ state }) => state === "draft" || state === "submitted");
  return {
    evidence: mayTell(me),
    plan: isRecognised && !file.plan && !inMaking && (isLead || mayWriteCases(me)),
    record: isLead || mayRecord(me),
  };
}
