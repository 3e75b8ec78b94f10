import { Trans, useLingui } from "@lingui/react/macro";
import { CircleHelp, Presentation, Search } from "lucide-react";
import { PlainButton } from "@/components/plain-button";
import { toggleProjecting, useProjecting } from "@/lib/preferences/projecting";
import { InboxBell } from "./inbox-bell";
import { LazyProfileMenu } from "./lazy-profile-menu";
import { SchoolSwitch } from "./school-switch";

interface TopBarProps {
  onPalette: () => void;
  onHelp: () => void;
}

export function TopBar({ onPalette, onHelp }: TopBarProps) {
  const { t } = useLingui();
  const isProjecting = useProjecting();
  return (
    <header
      className="sticky top-0 z-10 flex h-(--header-height) items-center gap-2 border-border border-b bg-background/90 px-3 backdrop-blur-md lg:px-7"
      data-print="hide"
    >
      <SchoolSwitch />
      <button
        type="button"
        onClick={onPalette}
        className="ml-auto flex h-9 cursor-pointer items-center gap-2 rounded-lg border border-border bg-surface px-2.5 text-muted text-sm hover:border-field-border sm:w-64 lg:h-8"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="hidden sm:inline">
          <Trans>搜索学生、页面、操作</Trans>
        </span>
        <span className="sr-only sm:hidden">
          <Trans>搜索</Trans>
        </span>
        <kbd className="ml-auto hidden font-sans text-xs sm:inline">Ctrl K</kbd>
      </button>
      <PlainButton
        isIconOnly
        size="sm"
        variant={isProjecting ? "primary" : "ghost"}
        aria-pressed={isProjecting}
        aria-label={isProjecting ? t`退出投屏模式（F9）` : t`投屏模式：遮住类别和等级（F9）`}
        onClick={toggleProjecting}
      >
        <Presentation aria-hidden />
      </PlainButton>
      <PlainButton
        isIconOnly
        size="sm"
        variant="ghost"
        aria-label={t`帮助和快捷键（?）`}
        onClick={onHelp}
        className="hidden sm:inline-flex"
      >
        <CircleHelp aria-hidden />
      </PlainButton>
      <InboxBell />
      <LazyProfileMenu />
    </header>
  );
}
