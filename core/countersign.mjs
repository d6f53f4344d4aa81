#!/usr/bin/env node
// The door of the command line. It stays plain enough for versions of Node that cannot read the rest.
import { existsSync, readFileSync } from "node:fs";
import { nodeComplaint } from "./node-version.mjs";

// Packed into few files where it was built whole, else as it was compiled.
const main = ["../dist/core/program/main.js", "../dist/core/main.js"]
  .map((path) => new URL(path, import.meta.url))
  .find((path) => existsSync(path));
const complaint =
  nodeComplaint(process.versions.node) ||
  (main ? undefined : "Countersign is not built yet. Run npm install in its folder and try again.");

if (complaint) {
  process.stderr.write(`${complaint}\n`);
  process.exitCode = 1;
} else {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  void import(main.href).then((program) => program.main(version));
}
