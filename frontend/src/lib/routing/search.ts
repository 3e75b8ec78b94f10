/** Query strings people can read and share: `?q=zs&grade=7&grade=8`, no JSON in them. */
export function parseSearch(text: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  for (const [key, value] of new URLSearchParams(text)) {
    const before = found[key];
    found[key] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return found;
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (value === undefined || value === null || value === "" || value === false) continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(key, String(one));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

type Parser<T> = (value: unknown) => T | undefined;

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);

export const text: Parser<string> = (value) => {
  const one = first(value);
  return typeof one === "string" && one !== "" ? one : typeof one === "number" ? String(one) : undefined;
};

export const texts: Parser<string[]> = (value) => {
  const all = (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String).filter(Boolean);
  return all.length > 0 ? all : undefined;
};

export const number: Parser<number> = (value) => {
  const one = Number(first(value));
  return first(value) !== undefined && Number.isFinite(one) ? one : undefined;
};

export const flag: Parser<boolean> = (value) => (["true", "1", true].includes(first(value) as string | boolean) ? true : undefined);

export function choice<const T extends string>(...allowed: T[]): Parser<T> {
  return (value) => allowed.find((one) => one === first(value));
}

type Searched<S extends Record<string, Parser<unknown>>> = { [K in keyof S]?: S[K] extends Parser<infer T> ? T : never };

/** For `validateSearch`: keeps what is named, drops what is unknown or malformed, so that an old link still opens. */
export function searchOf<S extends Record<string, Parser<unknown>>>(shape: S) {
  return (search: Record<string, unknown>): Searched<S> => {
    const kept: Record<string, unknown> = {};
    for (const [key, parse] of Object.entries(shape)) {
      const value = parse(search[key]);
      if (value !== undefined) kept[key] = value;
    }
    return kept as Searched<S>;
  };
}
