/** The header an edit carries: the version the person saw, so that nobody's change is overwritten unseen. */
export function ifMatch(version: number | string): { "If-Match": string } {
  return { "If-Match": `"${version}"` };
}
