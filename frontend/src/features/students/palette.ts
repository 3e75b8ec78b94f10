import { studentsList } from "@/api/sdk.gen";
import type { PaletteSource } from "@/lib/routing/menu";

/** Ctrl+K finds students by characters, pinyin and initials, as the list does. */
export const studentsPalette: PaletteSource = {
  key: "students",
  isFor: (me) => me.menu.includes("students"),
  search: async (q, signal) => {
    const { items } = (await studentsList({ query: { q, limit: 7 }, signal })).data;
    return items.map(({ id, basic }) => ({
      id: `student:${id}`,
      title: basic.name,
      note: basic.class_name ?? undefined,
      to: `/students/${id}`,
    }));
  },
};
