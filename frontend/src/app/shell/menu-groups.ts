import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { MenuEntry, MenuGroup } from "@/lib/routing/menu";

export const groupLabels: Record<MenuGroup, MessageDescriptor | null> = {
  today: null,
  students: msg`学生`,
  support: msg`帮扶`,
  school: msg`学校`,
  system: msg`设置`,
};

export function grouped(entries: MenuEntry[]): [MenuGroup, MenuEntry[]][] {
  const groups = Object.keys(groupLabels) as MenuGroup[];
  return groups
    .map((group): [MenuGroup, MenuEntry[]] => [group, entries.filter((entry) => entry.group === group)])
    .filter(([, list]) => list.length > 0);
}
