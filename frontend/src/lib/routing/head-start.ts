export interface Arrival {
  preload: boolean;
  location: { pathname: string };
}

/**
 * For a route's `loader`: asks for the page's data while its code is still on its way. Only where somebody really goes: a link that is
 * merely pointed at asks for nothing, since reading a file is on record. What goes wrong is the page's own to tell.
 */
export function headStart({ preload, location }: Arrival, ask: () => Promise<unknown>): void {
  if (!preload || location.pathname === window.location.pathname) void ask();
}
