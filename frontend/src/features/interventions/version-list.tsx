import { useLingui } from "@lingui/react/macro";
import type { InterventionShown } from "@/api";
import { formatInstant } from "@/lib/texts/format";
import { useRecordWords } from "./use-record-words";

/** What the record said before each correction, newest first. */
export function VersionList({ record }: { record: InterventionShown }) {
  const { t } = useLingui();
  const { fieldLabels, shown } = useRecordWords(record.kind);
  if (record.versions.length === 0) return <p className="text-muted text-sm">{t`没有更正过。`}</p>;
  return (
    <ol className="flex flex-col gap-3 text-sm">
      {record.versions.map((version) => (
        <li key={version.number} className="border-border border-l-2 pl-3">
          <p className="text-muted text-xs">{[formatInstant(version.changed_at), version.changed_by].filter(Boolean).join(" · ")}</p>
          {version.reason && <p>{t`理由：${version.reason}`}</p>}
          <dl className="mt-1">
            {Object.entries(version.before).map(([name, value]) => (
              <div key={name} className="flex gap-2" data-sensitive>
                <dt className="shrink-0 text-muted">{t`原${fieldLabels[name] ?? name}`}</dt>
                <dd className="min-w-0 break-words line-through decoration-muted">{shown(name, version.names[name] ?? value)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}
