import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Compile the programs that are measured, with the hub's modules beside them, into dist/bench. */
export function setup(): void {
  const { resolve } = createRequire(import.meta.url);
  const compiler = join(dirname(resolve("typescript/package.json")), "bin", "tsc");
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const { status } = spawnSync(process.execPath, [compiler, "-p", folder], { stdio: "inherit" });
  if (status !== 0) throw new Error(`The bench programs do not compile (${status}).`);
}
