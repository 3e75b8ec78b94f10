import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { FileCheck } from "lucide-react";

/** From a student's page to what the family has agreed to. */
export function ConsentsLink({ studentId }: { studentId: string }) {
  return (
    <Link
      to="/students/$studentId/consents"
      params={{ studentId }}
      className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-link text-sm hover:underline"
    >
      <FileCheck aria-hidden className="size-4" />
      <Trans>知情同意</Trans>
    </Link>
  );
}
