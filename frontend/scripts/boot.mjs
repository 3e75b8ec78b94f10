// The first script of index.html: the theme before the first paint, and a head start for what this visit will need. The page is known
// by its address and the workspace by what the last visit left, so their code is fetched beside the app's own and not after it.
import { readFileSync } from "node:fs";
import path from "node:path";

const host = "src/app/workspaces/workspace-host.tsx";
/** The dynamic parts by workspace; "" is who is not signed in. */
const starts = {
  "": ["src/app/sign-in/sign-in-page.tsx"],
  staff: [host, "src/app/workspaces/staff.tsx"],
  student: [host, "src/app/workspaces/student.tsx"],
  family: [host, "src/app/workspaces/family.tsx"],
  volunteer: [host, "src/app/workspaces/volunteer.tsx"],
};
/** The pages that most visits begin with, and the catalogs they show; the others follow a moment later by themselves. */
const pages = [
  ["staff", "^/$", "src/features/home/home-page.tsx", ["home"]],
  ["staff", "^/students/?$", "src/features/students/students-page.tsx", ["students", "recognitions"]],
  ["staff", "^/students/[^/]+$", "src/features/dossiers/dossier-page.tsx", ["dossiers", "recognitions", "interventions"]],
  ["student", "^/student/?$", "src/features/student-home/student-home-page.tsx", ["student-home"]],
  ["student", "^/student/tell$", "src/features/student-home/tell-page.tsx", ["student-home"]],
];
const catalog = (name, locale) => (name === "app" ? `src/app/locales/${locale}.po` : `src/features/${name}/locales/${locale}.po`);

function preload(plan) {
  var kept = null;
  var english = false;
  try {
    kept = localStorage.getItem("nuanyang.signed-in");
    english = localStorage.getItem("nuanyang.locale") === "en";
  } catch (_) {}
  var at = english ? 1 : 0;
  var files = (plan.starts[kept || ""] || plan.starts[""]).concat(plan.texts[at]);
  plan.pages.forEach((page) => {
    if (page[0] === kept && new RegExp(page[1]).test(location.pathname)) files = files.concat(page[2], page[3][at]);
  });
  files
    .filter((file, index) => files.indexOf(file) === index)
    .forEach((file) => {
      var link = document.createElement("link");
      link.rel = "modulepreload";
      link.crossOrigin = "";
      link.href = `/${file}`;
      document.head.appendChild(link);
    });
}

/** A Vite plugin. */
export function boot(root) {
  const idOf = (file) => path.join(root, file);
  return {
    name: "boot",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        const chunks = Object.values(bundle).filter(({ type }) => type === "chunk");
        const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
        const filesOf = (files) => {
          const found = new Set();
          const waiting = files.map((file) => {
            const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId === idOf(file));
            if (!chunk) throw new Error(`${file} is no chunk of its own`);
            return chunk.fileName;
          });
          for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
            if (found.has(name)) continue;
            found.add(name);
            waiting.push(...byName.get(name).imports);
          }
          // What the document asks for by itself is on its way already.
          return [...found].filter((name) => !html.includes(name));
        };
        const texts = (names) => ["zh-CN", "en"].map((locale) => filesOf(names.map((name) => catalog(name, locale))));
        const plan = {
          starts: Object.fromEntries(Object.entries(starts).map(([name, files]) => [name, filesOf(files)])),
          texts: texts(["app"]),
          pages: pages.map(([space, pattern, page, names]) => [space, pattern, filesOf([page]), texts(names)]),
        };
        const theme = readFileSync(idOf("public/theme.js"), "utf8");
        const fileName = this.getFileName(
          this.emitFile({ type: "asset", name: "boot.js", source: `${theme}\n(${preload})(${JSON.stringify(plan)});\n` }),
        );
        return html.replace("/theme.js", `/${fileName}`);
      },
    },
  };
}
