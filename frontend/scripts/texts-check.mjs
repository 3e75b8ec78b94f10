// Fails when a sentence in the code is missing from its catalog, or has no English: node scripts/texts-check.mjs
import { spawnSync } from "node:child_process";
import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const files = () => globSync("src/**/locales/*.po").sort();
const sentences = (text) =>
  text
    .split(/\n\n+/)
    .filter((block) => block.includes("msgid ") && !block.includes('msgid ""\nmsgstr ""\n"') && !/^#~/m.test(block))
    .map((block) => ({ id: block.slice(block.indexOf("msgid ")), isEmpty: /msgstr ""\s*$/.test(block) }));

const before = new Map(files().map((file) => [file, readFileSync(file, "utf8")]));
const run = spawnSync(process.execPath, ["node_modules/@lingui/cli/dist/lingui.js", "extract", "--clean"], { encoding: "utf8" });
if (run.status !== 0) {
  console.error(run.stdout, run.stderr);
  process.exit(1);
}

const problems = [];
for (const file of files()) {
  const now = readFileSync(file, "utf8");
  const known = new Set(sentences(before.get(file) ?? "").map(({ id }) => id.split("\nmsgstr")[0]));
  for (const { id, isEmpty } of sentences(now)) {
    if (!known.has(id.split("\nmsgstr")[0])) problems.push(`${file}: not extracted yet: ${id.split("\n")[0]}`);
    else if (isEmpty && file.endsWith("/en.po")) problems.push(`${file}: no English: ${id.split("\n")[0]}`);
  }
  if (!before.has(file)) rmSync(file);
  else if (before.get(file) !== now) writeFileSync(file, before.get(file));
}
if (problems.length > 0) {
  console.error(`${problems.join("\n")}\n${problems.length} texts to see to: npm run texts, then fill in en.po.`);
  process.exit(1);
}
console.log(`texts: ${files().length} catalogs complete`);
