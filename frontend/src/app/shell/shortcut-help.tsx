import { useLingui } from "@lingui/react/macro";
import { Dialog } from "@/components/dialog";

export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const shortcuts: [string[], string][] = [
    [["Ctrl", "K"], t`搜索学生、页面和操作`],
    [["/"], t`跳到本页的搜索框`],
    [["J"], t`下一行`],
    [["K"], t`上一行`],
    [["Enter"], t`打开当前行`],
    [["X"], t`选中当前行`],
    [["F9"], t`投屏模式：遮住类别和等级`],
    [["?"], t`显示这张表`],
  ];
  return (
    <Dialog title={t`快捷键`} onClose={onClose} size="sm">
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2.5 pb-2">
        {shortcuts.map(([keys, label]) => (
          <div key={label} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <kbd key={key} className="rounded border border-border bg-surface-secondary px-1.5 py-0.5 font-sans text-xs">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd className="text-sm">{label}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
