// Generates src/api from the contract, aside first and then file by file, so that a running dev server or test never meets half of it.
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const aside = "src/.api-next";
const target = "src/api";
const run = spawnSync(process.execPath, ["node_modules/@hey-api/openapi-ts/bin/run.js"], {
  stdio: ["ignore", "ignore", "inherit"],
  env: { ...process.env, OPENAPI_OUTPUT: aside },
});
if (run.status !== 0) {
  rmSync(aside, { recursive: true, force: true });
  process.exit(run.status ?? 1);
}

const list = (folder) => globSync("**/*.ts", { cwd: folder });
const fresh = list(aside);
let changed = 0;
for (const file of fresh) {
  const text = readFileSync(path.join(aside, file), "utf8");
  const to = path.join(target, file);
  if (existsSync(to) && readFileSync(to, "utf8") === text) continue;
  mkdirSync(path.dirname(to), { recursive: true });
  writeFileSync(to, text);
  changed += 1;
}
for (const file of list(target)) if (!fresh.includes(file)) rmSync(path.join(target, file));
rmSync(aside, { recursive: true, force: true });
console.log(`client: ${fresh.length} files, ${changed} changed`);
