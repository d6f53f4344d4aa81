import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The package that reads and writes YAML. The first text loads it; no start of the hub needs one. */
export const loadYaml = (): typeof import("yaml") => require("yaml");
