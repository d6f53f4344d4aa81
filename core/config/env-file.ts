import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { HubError } from "../domain/hub-error.ts";

/** Add what a `.env` file in this folder says to an environment. What the environment itself says wins. */
export function withEnvFile(env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  const path = join(folder, ".env");
  try {
    return { ...parseEnv(readFileSync(path, "utf8")), ...env };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "EISDIR") return env;
    throw new HubError(
      "env_file_unreadable",
      `${path} cannot be read (${code}). Give this user the right to read it, or remove it.`,
      { cause },
    );
  }
}
