// Which modules travel together. Left alone, the bundler makes a file of every piece that two pages share: eighty small files for a
// list, each a round trip on a slow line. So the app is bundled once to see what each page really loads, and then in layers: what a
// kind of page needs anyway comes in one file, resting on those before it.
import path from "node:path";
import { build } from "vite";

const signIn = "src/app/sign-in/sign-in-page.tsx";
const staff = "src/app/workspaces/staff.tsx";
const home = ["src/features/home/home-page.tsx", "src/features/student-home/student-home-page.tsx"];
const list = "src/features/students/students-page.tsx";
const form = "src/features/student-home/tell-page.tsx";
const longForm = "src/features/interventions/record-page.tsx";
const dialogs = ["src/features/accounts/create-account-dialog.tsx", "src/app/shell/palette.tsx"];
const charts = "src/features/dossiers/dossier-page.tsx";

/** What every workspace fetches when the page is quiet. */
const later = [
  "src/app/shell/profile-menu.tsx",
  "src/app/shell/menu-drawer.tsx",
  "src/components/feedback/toast-region.tsx",
  "src/components/form/combo-input-loaded.tsx",
];

/** From the ground up: what these parts of the app load, where `and` says so also one of those, and no layer before. */
const layers = [
  { name: "ground", of: ["src/main.tsx"] },
  { name: "buttons", of: [signIn], and: [staff, list, form, longForm] },
  { name: "fields", of: [signIn] },
  { name: "frame", of: ["src/app/workspaces/workspace-host.tsx", "src/app/workspaces/student.tsx"] },
  { name: "frame", of: [list, charts, ...home], and: [form, longForm] },
  { name: "frame", of: [list, staff], and: [charts, ...home, ...later] },
  { name: "forms", of: [form] },
  { name: "long-forms", of: [longForm] },
  { name: "staff", of: [staff] },
  { name: "lists", of: [list] },
  { name: "boxes", of: [charts], and: dialogs },
  { name: "dialogs", of: dialogs },
  { name: "menus", of: ["src/components/filter/filter-menu-open.tsx"] },
  { name: "charts", of: [charts] },
  // The routes, and what lists and files share: of the features only this is bundled together, and only the staff's workspace loads it.
  { name: "casework", of: [staff], isFeatures: true },
  { name: "casework", of: [list], and: [charts], isFeatures: true },
];

/** What is fetched by itself stays a file by itself: who does not work with a page never loads it. */
const isAlone = /\/src\/(main\.tsx|app\/(app\.tsx|workspaces\/|sign-in\/))|\.(html|po|css)$|^\0/;
const isFeature = /\/src\/features\//;

/** The modules that a page loads at once, worked out by bundling the app without layers. */
async function loadedBy(root) {
  const { output } = await build({
    root,
    configFile: path.join(root, "vite.config.ts"),
    mode: "look", // known to vite.config.ts, so that this run does not ask for another
    logLevel: "silent",
    build: { write: false, minify: false },
  });
  const chunks = new Map(output.filter(({ type }) => type === "chunk").map((chunk) => [chunk.fileName, chunk]));
  const starts = new Set([...chunks.values()].map(({ facadeModuleId }) => facadeModuleId));
  const loaded = (file) => {
    const start = [...chunks.values()].find(
      ({ facadeModuleId, moduleIds }) => facadeModuleId === file || (file.endsWith("main.tsx") && moduleIds.includes(file)),
    );
    if (!start) throw new Error(`${file} is no chunk of its own`);
    const found = new Set();
    const waiting = [start.fileName];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (found.has(name)) continue;
      found.add(name);
      waiting.push(...(chunks.get(name)?.imports ?? []));
    }
    return [...found].flatMap((name) => chunks.get(name)?.moduleIds ?? []).filter((id) => !starts.has(id) && !isAlone.test(id));
  };
  return loaded;
}

/** For `output.codeSplitting.groups`. */
export async function chunkGroups(root) {
  const loaded = await loadedBy(root);
  const union = (files) => new Set(files.flatMap((file) => loaded(path.join(root, file))));
  const layerOf = new Map();
  for (const { name, of, and, isFeatures = false } of layers) {
    const also = and && union(and);
    for (const id of union(of)) if (!layerOf.has(id) && isFeature.test(id) === isFeatures && (!also || also.has(id))) layerOf.set(id, name);
  }
  const names = [...new Set(layers.map(({ name }) => name))];
  return names.map((name, index) => ({ name, priority: names.length - index, test: (id) => layerOf.get(id) === name }));
}
