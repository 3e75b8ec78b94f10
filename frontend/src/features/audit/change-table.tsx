import { useLingui } from "@lingui/react/macro";
import type { Entry } from "@/api";
import { changesOf, isEmpty } from "./changes-of";
import { useChangeWords } from "./use-change-words";

interface ChangeTableProps {
  entry: Pick<Entry, "action" | "entity" | "before" | "after">;
  /** Names of accounts that are known. */
  people: ReadonlyMap<string, string>;
  label: string;
}

const head = "px-2.5 py-1.5 text-left font-medium text-muted text-xs";
const cell = "px-2.5 py-1.5 align-top whitespace-pre-wrap break-words";

/** Old and new, field by field; of something new or deleted only the one side there is. On a phone each field is a small block. */
export function ChangeTable({ entry, people, label }: ChangeTableProps) {
  const { t } = useLingui();
  const words = useChangeWords(entry, people);
  const hasBefore = entry.action !== "create";
  const hasAfter = entry.action !== "delete";
  return (
    <table
      className="w-full table-fixed border-separate border-spacing-0 overflow-hidden rounded-md bg-surface-secondary text-sm"
      aria-label={label}
    >
      <thead className="max-sm:sr-only">
        <tr>
          <th scope="col" className={`${head} sm:w-40`}>{t`字段`}</th>
          {hasBefore && (
            <th scope="col" className={head}>
              {hasAfter ? t`原来` : t`删除前`}
            </th>
          )}
          {hasAfter && (
            <th scope="col" className={head}>
              {hasBefore ? t`改为` : t`内容`}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {changesOf(entry).map((change) => {
          const part = words.partLabel(change);
          return (
            <tr
              key={`${change.field}.${part ?? ""}`}
              className="max-sm:flex max-sm:flex-col max-sm:py-1 [&>*]:border-separator/70 sm:[&>*]:border-t max-sm:border-t"
            >
              <th scope="row" className={`${cell} text-left font-normal text-muted max-sm:py-0 max-sm:text-xs`}>
                {words.label(change)}
                {part !== undefined && <span className="block text-xs max-sm:inline max-sm:before:content-['·']">{part}</span>}
              </th>
              {hasBefore && (
                <td className={`${cell} text-muted max-sm:py-0`} data-sensitive>
                  <del className={hasAfter && !isEmpty(change.before) ? "decoration-muted/60" : "no-underline"}>
                    {words.valueWords(change, change.before)}
                  </del>
                </td>
              )}
              {hasAfter && (
                <td className={`${cell} font-medium max-sm:py-0`} data-sensitive>
                  <ins className="no-underline">{words.valueWords(change, change.after)}</ins>
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
