import type { MessageDescriptor } from "@lingui/core";
import type { LucideIcon } from "lucide-react";
import type { Me } from "@/lib/session/session-types";

export type MenuGroup = "today" | "students" | "support" | "school" | "system";

/** One line of the sidebar; shown when `/me` names its key. */
export interface MenuEntry {
  key: string;
  to: string;
  /** Pages elsewhere that belong to it, too. */
  covers?: string[];
  label: MessageDescriptor;
  icon: LucideIcon;
  group: MenuGroup;
  /** Other words people type into Ctrl+K: pinyin, initials, synonyms. */
  keywords?: string;
  /** Belongs on the bottom bar of a phone (the first four that do). */
  isOnPhoneBar?: boolean;
}

/** Something Ctrl+K can find beyond pages: each feature may offer a source, such as students by name. */
export interface PaletteSource {
  key: string;
  isFor: (me: Me) => boolean;
  search: (query: string, signal: AbortSignal) => Promise<PaletteHit[]>;
}

export interface PaletteHit {
  id: string;
  title: string;
  note?: string;
  to: string;
}
