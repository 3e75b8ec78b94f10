import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import { Dialog } from "../dialog";

export interface ConflictField {
  name: string;
  label: string;
  mine: ReactNode;
  theirs: ReactNode;
  isDifferent: boolean;
}

export type Side = "mine" | "theirs";

interface ConflictDialogProps {
  /** Who saved meanwhile and when, if known. */
  note?: string;
  fields: ConflictField[];
  /** Saves mine over theirs, on the newest version. */
  onKeepMine: () => void;
  /** Drops mine and shows theirs. */
  onTakeTheirs: () => void;
  /** Where each field can be chosen by itself: saves what was chosen, on the newest version. */
  onMerge?: (chosen: Record<string, Side>) => void;
  onClose: () => void;
}

/** Somebody else saved first (412): both versions side by side, and the person decides. */
export function ConflictDialog({ note, fields, onKeepMine, onTakeTheirs, onMerge, onClose }: ConflictDialogProps) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<Record<string, Side>>({});
  const sideOf = (name: string): Side => chosen[name] ?? "mine";
  const merge = () => onMerge?.(Object.fromEntries(fields.map(({ name }) => [name, sideOf(name)])));
  return (
    <Dialog
      title={t`这份内容刚被别人修改过`}
      size="lg"
      isWide
      onClose={onClose}
      footer={
        <>
          <Button variant="secondary" onPress={onTakeTheirs}>
            <Trans>采用对方的</Trans>
          </Button>
          {onMerge ? (
            <Button onPress={merge}>
              <Trans>保存所选</Trans>
            </Button>
          ) : (
            <Button onPress={onKeepMine}>
              <Trans>保存我的</Trans>
            </Button>
          )}
        </>
      }
    >
      {note && <p className="mb-3 text-muted text-sm">{note}</p>}
      {onMerge && (
        <p className="mb-3 text-sm">
          <Trans>逐项选择留下哪一方的内容；没有选的保留您的。</Trans>
        </p>
      )}
      <table className="w-full table-fixed text-sm">
        <thead>
          <tr className="text-left text-muted text-xs">
            <th scope="col" className="w-20 py-1.5 font-medium">
              <Trans>项目</Trans>
            </th>
            <th scope="col" className="px-2 py-1.5 font-medium">
              <Trans>我的修改</Trans>
            </th>
            <th scope="col" className="px-2 py-1.5 font-medium">
              <Trans>对方已保存</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, label, mine, theirs, isDifferent }) => (
            <tr key={name} className={`border-separator border-t align-top ${isDifferent ? "" : "text-muted"}`}>
              <th scope="row" className="py-2 pr-2 text-left font-medium">
                {label}
                {isDifferent && !onMerge && <span className="block font-normal text-link text-xs">{t`不同`}</span>}
              </th>
              {(["mine", "theirs"] as const).map((side) => (
                <td
                  key={side}
                  className={`whitespace-pre-wrap break-words px-2 py-2 ${isDifferent && (!onMerge || sideOf(name) === side) ? "bg-accent-soft text-accent-soft-foreground" : ""}`}
                >
                  {onMerge && isDifferent && (
                    <label className="mb-1 flex cursor-pointer items-center gap-1.5 font-medium">
                      <input
                        type="radio"
                        name={`conflict-${name}`}
                        checked={sideOf(name) === side}
                        onChange={() => setChosen((before) => ({ ...before, [name]: side }))}
                        aria-label={side === "mine" ? t`${label}：保留我的` : t`${label}：采用对方的`}
                        className="accent-accent"
                      />
                      {side === "mine" ? t`保留我的` : t`采用对方的`}
                    </label>
                  )}
                  {side === "mine" ? mine : theirs}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
