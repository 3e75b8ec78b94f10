import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import type { ChildRow } from "@/api/types.gen";

/** One child, large enough for a thumb. */
export function ChildLink({ child }: { child: ChildRow }) {
  return (
    <Link
      to="/family/children/$studentId"
      params={{ studentId: child.id }}
      className="group flex items-center gap-4 rounded-xl bg-accent p-4 text-accent-foreground shadow-surface hover:bg-accent-hover"
    >
      <span aria-hidden className="grid size-11 shrink-0 place-items-center rounded-full bg-accent-foreground/15 font-semibold text-lg">
        {[...child.name].at(-1)}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block font-semibold text-lg">{child.name}</span>
        <span className="block text-sm">{child.is_at_school ? (child.class_name ?? "—") : <Trans>已离校</Trans>}</span>
      </span>
      <ArrowRight aria-hidden className="size-5 shrink-0 transition-transform group-hover:translate-x-0.5" />
    </Link>
  );
}
