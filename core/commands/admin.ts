import type { Command } from "commander";
import type { ApiClient } from "./api-client.ts";
import { textAt, timeAt } from "./read-json.ts";
import { type ListFlags, show } from "./reading.ts";
import type { World } from "./world.ts";

/** Add `admin link` to the program. It asks the running hub, because that alone writes the store. */
export function addAdmin(
  program: Command,
  world: World,
  api: ApiClient,
  done: (code: number) => void,
): void {
  program
    .command("admin")
    .description("administration")
    .command("link")
    .description("a new one-time sign-in link")
    .option("--json", "print JSON")
    .action(async (flags: ListFlags) => {
      const answer = await api.post("/v1/admin/links", {});
      done(
        show(world, answer, flags, (link) => [
          textAt(link, "url"),
          `Signs one person in, once, until ${timeAt(link, "expires_at")}. Give it to nobody else.`,
        ]),
      );
    });
}
