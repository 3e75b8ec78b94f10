import { Trans, useLingui } from "@lingui/react/macro";
import { Check, ChevronDown, Clock } from "lucide-react";
import type { SelfReportShown } from "@/api/types.gen";
import { QueryState } from "@/components/states/query-state";
import { formatInstant } from "@/lib/texts/format";
import { useOwnReports } from "./queries";

/** What the student told before. The words themselves stay folded: somebody may be standing behind the chair. */
export function OwnReports() {
  const { t } = useLingui();
  const reports = useOwnReports();
  return (
    <section aria-labelledby="own-reports" className="rounded-lg bg-surface p-4 shadow-surface">
      <h2 id="own-reports" className="font-semibold text-base">
        <Trans>我说过的</Trans>
      </h2>
      <QueryState
        query={reports}
        size="panel"
        loading={<div role="status" aria-label={t`正在加载`} className="mt-3 h-11 animate-pulse rounded-md bg-surface-secondary" />}
      >
        {({ items }) =>
          items.length === 0 ? (
            <p className="mt-1 text-muted text-sm">
              <Trans>这学年你还没有写过。写了以后，可以在这里看到老师有没有收到。</Trans>
            </p>
          ) : (
            <ul className="mt-1">
              {items.map((report) => (
                <li key={report.id} className="border-separator border-b last:border-b-0">
                  <Report report={report} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
    </section>
  );
}

function Report({ report }: { report: SelfReportShown }) {
  const { t } = useLingui();
  const readers = report.readers.join(t`、`);
  return (
    <details className="group">
      <summary className="flex min-h-12 cursor-pointer list-none items-center gap-3 rounded-md py-2 [&::-webkit-details-marker]:hidden">
        <span className="min-w-0 flex-1">
          <span className="block font-medium">{report.topic_words}</span>
          <span className="tnum block text-muted text-sm">{formatInstant(report.sent_at)}</span>
        </span>
        <Heard isHeard={report.is_heard} />
        <ChevronDown aria-hidden className="size-4 shrink-0 text-muted transition-transform group-open:rotate-180" />
      </summary>
      <div className="flex flex-col gap-2 pb-3 text-sm">
        {report.note && <p className="whitespace-pre-line break-words rounded-md bg-surface-secondary px-3 py-2">{report.note}</p>}
        <p className="text-muted">
          <Trans>能看到的人：{readers}</Trans>
        </p>
        {report.is_about_staff && (
          <p className="text-muted">
            <Trans>你说到的那位老师看不到。</Trans>
          </p>
        )}
      </div>
    </details>
  );
}

function Heard({ isHeard }: { isHeard: boolean }) {
  return isHeard ? (
    <span className="inline-flex shrink-0 items-center gap-1 text-sm text-success-soft-foreground">
      <Check aria-hidden className="size-4" />
      <Trans>老师已在处理</Trans>
    </span>
  ) : (
    <span className="inline-flex shrink-0 items-center gap-1 text-muted text-sm">
      <Clock aria-hidden className="size-4" />
      <Trans>已送到</Trans>
    </span>
  );
}
