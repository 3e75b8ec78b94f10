import { Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CircleHelp, LogOut, Moon, Presentation, Search, UserRound } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useDeferredValue, useEffect, useState } from "react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { Dialog } from "react-aria-components/Dialog";
import { Header } from "react-aria-components/Header";
import { Input } from "react-aria-components/Input";
import { Menu, MenuItem, MenuSection } from "react-aria-components/Menu";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { SearchField } from "react-aria-components/SearchField";
import { ScrollBox } from "@/components/scroll-box";
import { toggleProjecting } from "@/lib/preferences/projecting";
import { setTheme, useTheme } from "@/lib/preferences/theme";
import type { MenuEntry, PaletteSource } from "@/lib/routing/menu";
import { useMe } from "@/lib/session/session-store";
import { signOut } from "@/lib/session/sign-in";

interface PaletteProps {
  entries: MenuEntry[];
  sources: PaletteSource[];
  onClose: () => void;
  onHelp: () => void;
}

interface Line {
  id: string;
  title: string;
  note?: string;
  icon: ReactNode;
  run: () => void;
}

/** Ctrl+K: people, pages, actions, all by one line of text. */
export function Palette({ entries, sources, onClose, onHelp }: PaletteProps) {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const theme = useTheme();
  const [query, setQuery] = useState("");
  const wanted = useDeferredValue(query.trim().toLowerCase());
  const people = usePeople(sources, wanted);
  const fits = (...words: (string | undefined)[]) => wanted === "" || words.some((word) => word?.toLowerCase().includes(wanted));
  const icon = (Icon: typeof Search) => <Icon aria-hidden className="size-4 text-muted" />;

  const pages: Line[] = entries
    .map((entry) => ({ entry, title: i18n._(entry.label) }))
    .filter(({ entry, title }) => fits(title, entry.keywords))
    .map(({ entry, title }) => ({ id: `page:${entry.key}`, title, icon: icon(entry.icon), run: () => void navigate({ to: entry.to }) }));
  const actions: Line[] = [
    { id: "projecting", title: t`投屏模式`, note: "F9", icon: icon(Presentation), run: toggleProjecting },
    { id: "theme", title: t`切换深色和浅色`, icon: icon(Moon), run: () => setTheme(theme === "dark" ? "light" : "dark") },
    { id: "help", title: t`快捷键`, note: "?", icon: icon(CircleHelp), run: onHelp },
    { id: "sign-out", title: t`退出登录`, icon: icon(LogOut), run: () => void signOut() },
  ].filter(({ title }) => fits(title));
  const found: Line[] = (people.data ?? []).map((hit) => ({ ...hit, icon: icon(UserRound), run: () => void navigate({ to: hit.to }) }));
  const sections = [
    { id: "people", title: t`学生`, lines: found },
    { id: "pages", title: t`页面`, lines: pages },
    { id: "actions", title: t`操作`, lines: actions },
  ].filter(({ lines }) => lines.length > 0);

  const lines = sections.flatMap((section) => section.lines);
  const run = (line: Line | undefined) => {
    onClose();
    line?.run();
  };

  // Enter may come before the answer to what was typed: the line marked until then belongs to an earlier text.
  const isSettled = wanted === query.trim().toLowerCase() && !people.isFetching;
  const [isEntering, setEntering] = useState(false);
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!isSettled) return setEntering(true);
    // What is seen to be marked: `aria-activedescendant` follows it half a second later.
    const marked = event.target.closest("[role=dialog]")?.querySelector<HTMLElement>("[role=menuitem][data-focused]")?.dataset.key;
    const line = lines.find(({ id }) => id === marked) ?? lines[0];
    if (line) run(line);
  };
  useEffect(() => {
    if (!isEntering || !isSettled) return;
    setEntering(false);
    if (lines[0]) run(lines[0]);
  });

  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(isOpen) => !isOpen && onClose()}
      className="fixed inset-0 z-40 bg-backdrop px-3 pt-[12vh]"
    >
      <Modal className="mx-auto max-w-xl overflow-hidden rounded-xl bg-overlay shadow-overlay">
        <Dialog aria-label={t`搜索`} className="outline-none">
          <Autocomplete inputValue={query} onInputChange={setQuery}>
            {/* One Escape leaves; React Aria's would empty the line first. */}
            <SearchField
              onKeyDown={(event) => event.key === "Escape" && onClose()}
              aria-label={t`搜索学生、页面、操作`}
              autoFocus
              className="flex items-center gap-3 border-border border-b px-4"
            >
              <Search aria-hidden className="size-4 text-muted" />
              <Input
                onKeyDownCapture={onEnter}
                placeholder={t`姓名、拼音、页面或操作`}
                className="[&::-webkit-search-cancel-button]:hidden h-12 flex-1 bg-transparent text-base outline-none"
              />
            </SearchField>
            <ScrollBox label={t`结果`} className="max-h-[50vh] p-1.5">
              <Menu aria-label={t`结果`} className="outline-none" onAction={(key) => run(lines.find(({ id }) => id === key))}>
                {sections.map((section) => (
                  <MenuSection key={section.id}>
                    <Header className="px-2.5 pt-2 pb-1 font-medium text-muted text-xs">{section.title}</Header>
                    {section.lines.map((line) => (
                      <MenuItem
                        key={line.id}
                        id={line.id}
                        textValue={line.title}
                        className="flex h-9 cursor-pointer items-center gap-3 rounded-md px-2.5 text-sm outline-none data-[focused]:bg-default"
                      >
                        {line.icon}
                        <span className="truncate">{line.title}</span>
                        {line.note && <span className="ml-auto shrink-0 text-muted text-xs">{line.note}</span>}
                      </MenuItem>
                    ))}
                  </MenuSection>
                ))}
              </Menu>
            </ScrollBox>
          </Autocomplete>
          {sections.length === 0 && (
            <p role="status" className="px-4 pb-5 text-center text-muted text-sm">
              {people.isFetching ? <Trans>正在搜索…</Trans> : <Trans>没有找到。试试姓名的拼音或首字母。</Trans>}
            </p>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function usePeople(sources: PaletteSource[], query: string) {
  const me = useMe();
  const allowed = sources.filter((source) => source.isFor(me));
  return useQuery({
    queryKey: ["palette", query],
    enabled: query !== "" && allowed.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await Promise.all(allowed.map((source) => source.search(query, signal)))).flat(),
  });
}
