import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The package that calls addresses. It is large, so the first call loads it, and no start waits for it. */
export const loadCalls = (): typeof import("undici") => require("undici");
