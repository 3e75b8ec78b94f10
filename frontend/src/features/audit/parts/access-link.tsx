import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { ScanEye } from "lucide-react";

/** From a student's page to why one may see it and who has seen it. */
export function AccessLink({ studentId }: { studentId: string }) {
  return (
    <Link
      to="/students/$studentId/access"
      params={{ studentId }}
      className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-link text-sm hover:underline"
    >
      <ScanEye aria-hidden className="size-4" />
      <Trans>查看依据与记录</Trans>
    </Link>
  );
}
