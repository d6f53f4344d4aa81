// Compiles the hub and the browser code into dist/, and packs what a start loads into few files. Runs on `npm install`
// and before `npm start`, so a pull never leaves dist/ stale. Where TypeScript is absent (a production install of a
// built package) there is nothing to do. With `--apart` nothing is packed: so the watch of `npm run dev` sees each file.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { packProgram, unpackProgram } from "./pack-program.mjs";

const core = dirname(fileURLToPath(import.meta.url));

function compilerPath() {
  try {
    return join(
      dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
      "bin",
      "tsc",
    );
  } catch {
    return undefined;
  }
}

const compiler = compilerPath();
if (compiler && existsSync(join(core, "main.ts"))) {
  for (const project of [core, join(core, "web", "client")]) {
    const { status } = spawnSync(process.execPath, [compiler, "-p", project], { stdio: "inherit" });
    if (status !== 0) process.exit(status ?? 1);
  }
  const dist = join(dirname(core), "dist");
  if (process.argv.includes("--apart")) unpackProgram(dist);
  else await packProgram(dist);
}
