import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import type { Check } from "@/api";
import { PageHeader } from "@/components/page-header";
import { useMe } from "@/lib/session/session-store";
import { SchoolRecord } from "./school-record";
import { SealSheet } from "./seal-sheet";
import { VerificationCard } from "./verification-card";

/** The school's record and whether it is intact; the administrator sees only the latter. */
export function AuditPage() {
  const { t } = useLingui();
  const isPrincipal = useMe().roles.some(({ role }) => role === "principal");
  const [printed, setPrinted] = useState<Check>();
  useEffect(() => {
    if (!printed) return;
    const done = () => setPrinted(undefined);
    window.addEventListener("afterprint", done);
    window.print();
    return () => window.removeEventListener("afterprint", done);
  }, [printed]);
  return (
    <>
      <div className={printed ? "print:hidden" : ""}>
        <PageHeader
          title={t`访问与修改记录`}
          description={t`谁看过、谁改过学生的资料，都记在这里。记录只增不改，几秒内封印成链，动过就能查出来。`}
        />
        <VerificationCard onPrint={setPrinted} />
        {isPrincipal && <SchoolRecord />}
      </div>
      {printed && <SealSheet check={printed} />}
    </>
  );
}
