import express, { type Router } from "express";
import type { Problem } from "../../domain/problem.ts";
import type { Hub } from "../../hub.ts";
import type { Rotation } from "../../secrets/rotate-keys.ts";
import { sendProblem } from "../problem.ts";
import type { ApiDoors } from "./doors.ts";

/** The key ring of secrets at rest: exchanging it while the hub runs. */
export function keyRoutes(
  { audit }: Pick<Hub, "audit">,
  rotateKeys: () => Promise<Rotation>,
  { allow }: ApiDoors,
): Router {
  const router = express.Router();
  router.post("/v1/admin/keys/rotate", allow("admin"), async (_request, response) => {
    const rotation = await rotateKeys();
    if (rotation.kind === "unreadable") return sendProblem(response, unreadable(rotation.places));
    if (rotation.kind === "unsettled") return sendProblem(response, unsettled);
    const { newest, keptBy, resealed, retired } = rotation;
    await audit.record({ action: "secrets.rotated", details: { newest, resealed, retired } });
    response.json({ newest, kept_by: keptBy, resealed, retired });
  });
  return router;
}

/** How many places one answer names. */
const mostNamed = 10;

function unreadable(places: readonly string[]): Problem {
  const named = places.slice(0, mostNamed).join(", ");
  const more = places.length > mostNamed ? ` and ${places.length - mostNamed} more` : "";
  return {
    status: 409,
    code: "secrets_unreadable",
    title: "Some secrets open with no key of the ring",
    detail: `${named}${more}. All others are sealed under the newest key; no key was retired.`,
    hint: "Put the key that sealed them back into COUNTERSIGN_KEYS or secrets.json and rotate again, or connect these anew.",
  };
}

const unsettled: Problem = {
  status: 409,
  code: "secrets_unsettled",
  title: "Something still seals under an older key",
  detail:
    "However often all secrets were sealed anew, another process had sealed one under an older key since. No key was retired, and all are still needed.",
  hint: "Give every process of this hub the same keys in the same order, restart those that have others, and rotate again.",
};
