import { Trans, useLingui } from "@lingui/react/macro";
import { History, PenLine } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { PurposeShown } from "@/api";
import { PageHeader } from "@/components/page-header";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { formatInstant } from "@/lib/texts/format";
import { usePurposes } from "./queries";

const TextDialog = lazy(() => import("./text-dialog").then((m) => ({ default: m.TextDialog })));
const TextHistory = lazy(() => import("./text-history").then((m) => ({ default: m.TextHistory })));

/** For what the school asks consent, in the words in force; a new wording is a new number, and the old one can always be read. */
export function TextsPage() {
  const { t } = useLingui();
  return (
    <>
      <PageHeader
        title={t`同意书文本`}
        trail={[{ label: t`知情同意`, to: "/consents" }]}
        description={t`事项由平台规定，文字可由学校修改。改动产生新的一版；以前的同意仍对应当时的版本。`}
      />
      <QueryState query={usePurposes()}>
        {({ items, may_write }) => (
          <div className="flex flex-col gap-4">
            {items.map((one) => (
              <Purpose key={one.code} purpose={one} mayWrite={may_write} />
            ))}
          </div>
        )}
      </QueryState>
    </>
  );
}

function Purpose({ purpose, mayWrite }: { purpose: PurposeShown; mayWrite: boolean }) {
  const { t } = useLingui();
  const [open, setOpen] = useState<"edit" | "history">();
  const { number, created_at, created_by } = purpose.text;
  const author = created_by ?? "—";
  const instant = formatInstant(created_at);
  const close = () => setOpen(undefined);
  return (
    <SectionCard
      title={t`${purpose.name}（第 ${number} 版）`}
      description={created_at ? t`${author}，${instant}` : t`平台提供的文本`}
      actions={
        <>
          <PlainButton size="sm" variant="secondary" onClick={() => setOpen("history")}>
            <History aria-hidden />
            <Trans>历次文本</Trans>
          </PlainButton>
          {mayWrite && (
            <PlainButton size="sm" variant="secondary" onClick={() => setOpen("edit")}>
              <PenLine aria-hidden />
              <Trans>修改</Trans>
            </PlainButton>
          )}
        </>
      }
    >
      <p className="mb-2 text-muted text-xs">{purpose.is_gate ? t`没有同意不办理；危机和强制报告除外。` : purpose.ground}</p>
      <p className="max-w-3xl whitespace-pre-line text-sm leading-6">{purpose.text.body}</p>
      <Suspense fallback={null}>
        {open === "edit" && <TextDialog purpose={purpose} onClose={close} />}
        {open === "history" && <TextHistory purpose={purpose} onClose={close} />}
      </Suspense>
    </SectionCard>
  );
}
