import { Trans } from "@lingui/react/macro";

/** Says that unsaved text is back, and lets one do without it. */
export function RestoredNotice({ onForget }: { onForget: () => void }) {
  return (
    <p role="status" className="mb-4 flex flex-wrap items-center gap-3 rounded-lg bg-info-soft px-4 py-2 text-info-soft-foreground text-sm">
      <Trans>已恢复上次没有保存的内容。</Trans>
      <button type="button" onClick={onForget} className="cursor-pointer rounded font-medium underline">
        <Trans>放弃这些内容</Trans>
      </button>
    </p>
  );
}
