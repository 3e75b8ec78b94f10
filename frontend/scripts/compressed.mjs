// Beside each file of the build its compressed twins, made once: a server without a proxy in front sends them as they are.
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const smallest = 1024;

/** A Vite plugin. */
export function compressed() {
  let folder = "dist";
  return {
    name: "compressed",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle() {
      for (const file of globSync(`${folder}/**/*.{js,css,html,svg}`)) {
        const plain = readFileSync(file);
        if (plain.length < smallest) continue;
        writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
        writeFileSync(`${file}.br`, brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
      }
    },
  };
}
