import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Dialog } from "../dialog";

export interface ConflictField {
  name: string;
  label: string;
  mine: ReactNode;
  theirs: ReactNode;
  isDifferent: boolean;
}

interface ConflictDialogProps {
  /** Who saved meanwhile and when, if known. */
  note?: string;
  fields: ConflictField[];
  /** Saves mine over theirs, on the newest version. */
  onKeepMine: () => void;
  /** Drops mine and shows theirs. */
  onTakeTheirs: () => void;
  onClose: () => void;
}

/** Somebody else saved first (412): both versions side by side, and the person decides. */
export function ConflictDialog({ note, fields, onKeepMine, onTakeTheirs, onClose }: ConflictDialogProps) {
  const { t } = useLingui();
  return (
    <Dialog
      title={t`这份内容刚被别人修改过`}
      size="lg"
      onClose={onClose}
      footer={
        <>
          <Button variant="secondary" onPress={onTakeTheirs}>
            <Trans>采用对方的</Trans>
          </Button>
          <Button onPress={onKeepMine}>
            <Trans>保存我的</Trans>
          </Button>
        </>
      }
    >
      {note && <p className="mb-3 text-muted text-sm">{note}</p>}
      <table className="w-full table-fixed text-sm">
        <thead>
          <tr className="text-left text-muted text-xs">
            <th scope="col" className="w-24 py-1.5 font-medium">
              <Trans>项目</Trans>
            </th>
            <th scope="col" className="py-1.5 pr-3 font-medium">
              <Trans>我的修改</Trans>
            </th>
            <th scope="col" className="py-1.5 font-medium">
              <Trans>对方已保存</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, label, mine, theirs, isDifferent }) => (
            <tr key={name} className={`border-separator border-t align-top ${isDifferent ? "" : "text-muted"}`}>
              <th scope="row" className="py-2 pr-3 text-left font-medium">
                {label}
                {isDifferent && <span className="block font-normal text-link text-xs">{t`不同`}</span>}
              </th>
              <td className={`whitespace-pre-wrap break-words py-2 pr-3 ${isDifferent ? "bg-accent-soft px-2" : ""}`}>{mine}</td>
              <td className={`whitespace-pre-wrap break-words py-2 ${isDifferent ? "bg-info-soft px-2" : ""}`}>{theirs}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
