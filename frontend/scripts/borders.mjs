// The one-way street app → features → components and lib → api, no feature inside another, no package that nothing uses: node scripts/borders.mjs
import { globSync, readFileSync } from "node:fs";
import path from "node:path";

const rank = { api: 0, lib: 1, components: 2, features: 3, app: 4 };
const problems = [];
const unused = new Set(Object.keys(JSON.parse(readFileSync("package.json", "utf8")).dependencies));

for (const file of globSync("src/**/*.{ts,tsx}")) {
  const [, area, slice] = file.split(path.sep);
  const text = readFileSync(file, "utf8");
  for (const name of unused) if (text.includes(`"${name}"`) || text.includes(`"${name}/`)) unused.delete(name);
  if (!(area in rank)) continue;
  const isGenerated = area === "api";
  if (!isGenerated && text.split("\n").length > 250) problems.push(`${file}: longer than 250 lines`);
  for (const [, target] of text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
    const resolved = target.startsWith("@/")
      ? target.slice(2)
      : target.startsWith(".")
        ? path.relative("src", path.join(path.dirname(file), target))
        : null;
    if (resolved === null) continue;
    const [toArea, toSlice] = resolved.split(path.sep);
    if (!(toArea in rank) || isGenerated) continue;
    if (rank[toArea] > rank[area]) problems.push(`${file}: ${area} may not import ${resolved}`);
    if (area === "features" && toArea === "features" && toSlice !== slice && !resolved.includes("/parts/"))
      problems.push(`${file}: from another feature only its parts/ may be imported, not ${resolved}`);
  }
}
// The styles import theirs.
for (const file of globSync("src/**/*.css"))
  for (const name of unused) if (readFileSync(file, "utf8").includes(`"${name}/`)) unused.delete(name);
for (const name of unused) problems.push(`package.json: nothing imports ${name}`);
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log("borders: kept");
