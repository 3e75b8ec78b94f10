/** Moves labels apart that would lie on each other: at least `gap` between two, in their order, none beyond the limits. */
export function spread(places: number[], gap: number, [least, most]: [number, number]): number[] {
  const order = places.map((place, index) => ({ place, index })).sort((a, b) => a.place - b.place);
  let before = least - gap;
  for (const one of order) {
    one.place = Math.max(one.place, before + gap);
    before = one.place;
  }
  let after = most + gap;
  for (const one of [...order].reverse()) {
    one.place = Math.min(one.place, after - gap);
    after = one.place;
  }
  return order.sort((a, b) => a.index - b.index).map(({ place }) => place);
}
