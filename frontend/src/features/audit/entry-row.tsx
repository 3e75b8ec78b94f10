import { Trans, useLingui } from "@lingui/react/macro";
import { ChevronDown } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import type { Entry } from "@/api";
import { formatTime } from "@/lib/texts/format";
import { ChangeTable } from "./change-table";
import { changesOf } from "./changes-of";
import { actions } from "./labels";
import { useEntryWords } from "./use-entry-words";

interface EntryRowProps {
  entry: Entry;
  people: ReadonlyMap<string, string>;
  /** Whom it is about, where the page does not say so already. */
  about?: ReactNode;
}

/** Who did what, when, on which ground, from where; a change opens into old and new. */
export function EntryRow({ entry, people, about }: EntryRowProps) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const details = useId();
  const words = useEntryWords();
  const { icon: Icon, tone } = actions[entry.action];
  const isErased = entry.action !== "read" && entry.fields.length > 0 && entry.before === null && entry.after === null;
  const count = changesOf(entry).length;
  const [who, what, time] = [words.who(entry), words.what(entry), formatTime(entry.at)];
  const origin = entry.origin ? t`来自 ${entry.origin}` : "";
  const ground = entry.ground.length > 0 ? t`依据：${words.ground(entry)}` : "";
  return (
    <li className="grid grid-cols-[1.5rem_minmax(0,1fr)_auto] gap-x-3 border-separator/70 border-b px-4 py-2.5 last:border-b-0">
      <span className={`grid size-6 place-items-center rounded-full ${tone}`}>
        <Icon aria-hidden className="size-3.5" />
      </span>
      <div className="min-w-0 text-sm leading-6">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span>
            <EntrySentence action={entry.action} who={who} what={what} />
          </span>
          {about}
          {count > 0 && (
            <button
              type="button"
              aria-expanded={isOpen}
              aria-controls={details}
              onClick={() => setOpen(!isOpen)}
              className="-mx-1 inline-flex h-6 cursor-pointer items-center gap-1 rounded px-1 text-link text-xs hover:underline"
              data-print="hide"
            >
              {entry.action === "change" ? t`${count} 处改动` : t`${count} 项内容`}
              <span className="sr-only">{t`：${what}，${time}`}</span>
              <ChevronDown aria-hidden className={`size-3.5 transition-transform ${isOpen ? "rotate-180" : ""}`} />
            </button>
          )}
        </p>
        <p className="flex flex-wrap items-baseline gap-x-4 text-muted text-xs leading-5">
          {entry.action === "read" && (
            <span className="text-foreground text-sm" data-sensitive>
              {words.classes(entry)}
            </span>
          )}
          {ground && <span>{ground}</span>}
          {origin && <span className="tnum">{origin}</span>}
          {isErased && (
            <span>
              <Trans>内容已按保存期限删除</Trans>
            </span>
          )}
        </p>
      </div>
      <time dateTime={entry.at} className="tnum text-muted text-xs leading-6">
        {time}
      </time>
      {count > 0 && (
        <div id={details} hidden={!isOpen} className="col-span-full mt-2 sm:col-start-2 sm:col-end-4">
          {isOpen && <ChangeTable entry={entry} people={people} label={t`${what}：改动的内容`} />}
        </div>
      )}
    </li>
  );
}

function EntrySentence({ action, who, what }: { action: Entry["action"]; who: string; what: string }) {
  const person = <b className="font-semibold">{who}</b>;
  if (action === "read")
    return (
      <Trans>
        {person} 查看了{what}
      </Trans>
    );
  if (action === "create")
    return (
      <Trans>
        {person} 新增了{what}
      </Trans>
    );
  if (action === "change")
    return (
      <Trans>
        {person} 修改了{what}
      </Trans>
    );
  return (
    <Trans>
      {person} 删除了{what}
    </Trans>
  );
}
