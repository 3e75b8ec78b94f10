import type { LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

export interface Column<T> {
  id: string;
  header: ReactNode;
  cell: (row: T) => ReactNode;
  /** CSS width, such as "7rem"; without one the column shares what is left. */
  width?: string;
  align?: "start" | "end" | "center";
  /** The server's sort name; set when the header sorts. */
  sort?: string;
  /** Left out on phones. */
  isDesktopOnly?: boolean;
  /** Category, level and the like: covered in 投屏模式. */
  isSensitive?: boolean;
}

export type RowLink = Pick<LinkProps, "to" | "params" | "search">;
export type Density = "compact" | "regular";
