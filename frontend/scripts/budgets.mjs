// Sums what each page loads, from the build's manifest, and fails above the limits: node scripts/budgets.mjs [dist]
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

const dist = process.argv[2] ?? "dist";
const manifest = JSON.parse(readFileSync(path.join(dist, ".vite/manifest.json"), "utf8"));
const KB = 1024;

/** Limits in KB gzip; `chunks` are the dynamic entries a page needs beside the entry itself. */
const frame = ["src/app/workspaces/workspace-host.tsx", "src/app/workspaces/staff.tsx"];
const pages = [
  { name: "sign-in", limit: 155, chunks: ["src/app/sign-in/sign-in-page.tsx"] },
  { name: "table", limit: 200, chunks: [...frame, "src/features/students/students-page.tsx"] },
  { name: "dossier with charts", limit: 240, chunks: [...frame, "src/features/dossiers/dossier-page.tsx"] },
  { name: "home-visit form", limit: 190, chunks: [...frame, "src/features/interventions/record-page.tsx"] },
  ...["family", "volunteer", "student"].map((space) => ({
    name: space,
    limit: 190,
    chunks: [
      "src/app/workspaces/workspace-host.tsx",
      `src/app/workspaces/${space}.tsx`,
      `src/features/${space}-home/${space}-home-page.tsx`,
    ],
  })),
];
const chunkLimit = 70;
const cssLimit = 45;

const sizes = new Map();
const size = (file) => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).length / KB);
  return sizes.get(file);
};
const closure = (key, found = new Set()) => {
  if (found.has(key)) return found;
  found.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, found);
  return found;
};
const sum = (keys) => [...keys].reduce((total, key) => total + (manifest[key].file.endsWith(".js") ? size(manifest[key].file) : 0), 0);

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const entryKeys = closure(entry);
const problems = [];
const report = (name, value, limit) => {
  console.log(`${name.padEnd(24)} ${value.toFixed(1).padStart(7)} KB of ${limit}`);
  if (value > limit) problems.push(`${name}: ${value.toFixed(1)} KB, limit ${limit}`);
};

for (const { name, limit, chunks } of pages) {
  const missing = chunks.filter((chunk) => !manifest[chunk]);
  if (missing.length > 0) problems.push(`${name}: ${missing.join(", ")} is no chunk of its own`);
  else report(name, sum(new Set([...entryKeys, ...chunks.flatMap((chunk) => [...closure(chunk)])])), limit);
}

for (const [key, chunk] of Object.entries(manifest)) {
  if (entryKeys.has(key) || !chunk.file.endsWith(".js")) continue;
  const value = size(chunk.file);
  if (value > chunkLimit) problems.push(`chunk ${chunk.file}: ${value.toFixed(1)} KB, limit ${chunkLimit}`);
}

const css = new Set(
  Object.values(manifest).flatMap((chunk) => [...(chunk.css ?? []), ...(chunk.file.endsWith(".css") ? [chunk.file] : [])]),
);
report(
  "css",
  [...css].reduce((total, file) => total + size(file), 0),
  cssLimit,
);

// People outside the staff must not load the staff's pages, not even one of their chunks.
const reach = (key, found = new Set()) => {
  if (found.has(key)) return found;
  found.add(key);
  for (const next of [...(manifest[key].imports ?? []), ...(manifest[key].dynamicImports ?? [])]) reach(next, found);
  return found;
};
const outside = ["family", "volunteer", "student"];
for (const space of outside) {
  const start = `src/app/workspaces/${space}.tsx`;
  if (!manifest[start]) problems.push(`${start} is not a chunk of its own`);
  for (const key of manifest[start] ? reach(start) : []) {
    const feature = key.match(/^src\/features\/([^/]+)\/(?!locales\/)/)?.[1];
    const isTheirs = feature === undefined || feature.startsWith(`${space}-`);
    if (!isTheirs || key.startsWith("src/app/workspaces/staff") || /^_(casework|staff)-/.test(key))
      problems.push(`${space} can reach a chunk of the staff: ${key}`);
  }
}

if (problems.length > 0) {
  console.error(`\n${problems.join("\n")}`);
  process.exit(1);
}
