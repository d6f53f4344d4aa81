import type { Command } from "commander";
import type { JsonObject } from "../domain/json.ts";
import { table } from "../log/plain-text.ts";
import { type ApiAnswer, type ApiClient, fail } from "./api-client.ts";
import { objectsAt, textAt, textsAt, timeAt } from "./read-json.ts";
import { addPaging, type ListFlags, readList, sayList, show } from "./reading.ts";
import { parseSpan } from "./trigger.ts";
import { sayState, waitForDecision } from "./wait-for-decision.ts";
import { exitCodes, print, type World } from "./world.ts";

/** Add `approvals list | show | decide | wait | cancel` to the program. */
export function addApprovals(
  program: Command,
  world: World,
  api: ApiClient,
  done: (code: number) => void,
): void {
  const approvals = program.command("approvals").description("approval requests");
  addPaging(approvals.command("list").description("newest first"))
    .option("--state <state>", "open, locked, approved, rejected, expired, cancelled or revoked")
    .option("--subject <text>", "only about this: the key of the request")
    .option("--json", "print JSON")
    .action(async (flags: ListFlags & { state?: string; subject?: string }) => {
      const { state, subject, limit, after } = flags;
      const asked = { state, key: subject, limit, after };
      done(show(world, await readList(api, "/v1/approvals", asked), flags, sayApprovals));
    });
  approvals
    .command("show <id>")
    .description("one request, with its votes")
    .option("--json", "print JSON")
    .action(async (id: string, flags: ListFlags) =>
      done(show(world, await api.get(pathOf(id)), flags, sayOne)),
    );
  approvals
    .command("decide <id> <choice>")
    .description(
      "approve or reject, or press another of its buttons by id; needs a person's key that may vote",
    )
    .option("--reason <text>", "why; the requester will see it")
    .option("--json", "print JSON")
    .action(async (id: string, choice: string, flags: ListFlags & { reason?: string }) =>
      done(decided(world, await decide(api, id, choice, flags.reason), flags)),
    );
  approvals
    .command("wait <id>")
    .description(
      "until it is decided: exit 0 approved, 10 rejected, 11 expired, 12 cancelled or revoked, 13 timeout",
    )
    .option("--timeout <span>", "how long to wait: 30s, 15m, 24h, 7d", parseSpan, parseSpan("30m"))
    .option("--json", "print JSON")
    .action(async (id: string, flags: ListFlags & { timeout: number }) =>
      done(await wait(world, api, id, flags)),
    );
  approvals
    .command("cancel <id>")
    .description("withdraw an open request")
    .option("--reason <text>", "why")
    .option("--json", "print JSON")
    .action(async (id: string, flags: ListFlags & { reason?: string }) => {
      const answer = await api.post(
        `${pathOf(id)}/cancel`,
        flags.reason === undefined ? {} : { reason: flags.reason },
      );
      done(decided(world, answer, flags));
    });
}

const pathOf = (id: string) => `/v1/approvals/${encodeURIComponent(id)}`;

/** The two choices go by their name, any other word is the id of one of the request's buttons. */
function decide(
  api: ApiClient,
  id: string,
  choice: string,
  reason: string | undefined,
): Promise<ApiAnswer> {
  const pressed = choice === "approve" || choice === "reject" ? { choice } : { action: choice };
  return api.post(`${pathOf(id)}/votes`, {
    ...pressed,
    ...(reason === undefined ? {} : { reason }),
  });
}

/** A refusal is an answer about the request, so it is exit 1, whatever its HTTP status; a bad key stays exit 3. */
function decided(world: World, answer: ApiAnswer, flags: ListFlags): number {
  if (!answer.ok) {
    const aboutTheKey =
      answer.status === undefined || answer.status === 401 || answer.code === "scope_missing";
    return fail(world, aboutTheKey ? answer : { ...answer, exit: exitCodes.failed });
  }
  const approval = answer.body["approval"] ?? answer.body;
  return show(world, { ...answer, body: approval as JsonObject }, flags, (seen) => [
    sayState(seen),
  ]);
}

async function wait(
  world: World,
  api: ApiClient,
  id: string,
  flags: ListFlags & { timeout: number },
): Promise<number> {
  // Waiting outlives a hub that goes away later; one that is not there at all is told at once.
  const there = await api.get(pathOf(id));
  if (!there.ok) return fail(world, there);
  const { exit, approval } = await waitForDecision(api, world, id, flags.timeout);
  if (approval) print(world.out, flags.json ? JSON.stringify(approval) : sayState(approval));
  return exit;
}

const sayApprovals = sayList("No approvals.", ["ID", "STATE", "TITLE", "OPENED"], (one) => [
  textAt(one, "id"),
  textAt(one, "state"),
  textAt(one, "title"),
  timeAt(one, "opened_at"),
]);

function sayOne(approval: JsonObject): readonly string[] {
  const facts = objectsAt(approval, "facts").map((fact) => [
    `  ${textAt(fact, "label")}`,
    textAt(fact, "value"),
  ]);
  const votes = objectsAt(approval, "votes").map(
    (vote) =>
      `  ${textAt(vote, "name")}: ${textAt(vote, "choice")} in ${textAt(vote, "via")}, ${timeAt(vote, "at")}${textAt(vote, "reason") && ` "${textAt(vote, "reason")}"`}`,
  );
  const asked = textAt(approval, "requester", "name");
  const closed = textAt(approval, "state") !== "open";
  return [
    textAt(approval, "title"),
    sayState(approval),
    ...table(facts),
    `Asked by ${asked || "nobody known"}, from ${textAt(approval, "producer", "name")}`,
    `Policy ${textAt(approval, "policy", "name")}: ${textAt(approval, "policy", "votes")} of ${textsAt(approval, "policy", "approvers").join(", ") || "any approver"}`,
    closed
      ? `Closed ${timeAt(approval, "closed_at")}`
      : `Open until ${timeAt(approval, "expires_at")}`,
    ...(votes.length === 0 ? [] : ["Votes", ...votes]),
    ...[textAt(approval, "links", "page")].filter(Boolean),
  ];
}
