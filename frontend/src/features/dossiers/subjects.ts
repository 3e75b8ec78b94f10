const order = ["语文", "数学", "英语", "物理", "化学", "生物", "道德与法治", "思想政治", "历史", "地理", "科学", "信息科技"];

/** The order of a report; subjects that are not on it follow by name. */
export function bySubject(a: string, b: string): number {
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return place(a) - place(b) || a.localeCompare(b, "zh-CN");
}
