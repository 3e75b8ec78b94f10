import type { AnyRoute } from "@tanstack/react-router";
import type { MenuEntry, PaletteSource } from "./menu";

/** What one workspace brings: loaded as a whole only for those who work in it. */
export interface WorkspaceModule {
  routeTree: AnyRoute;
  menu: MenuEntry[];
  palette: PaletteSource[];
}
