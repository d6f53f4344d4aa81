import { plainText } from "../../log/plain-text.ts";
import type { Explanation } from "./try-rules.ts";

type Clause = Explanation["rules"][number]["clauses"][number];

const outcomes = {
  taken: "✓ takes it",
  left: "✕ leaves it",
  not_reached: "– not reached",
} as const;

/** Say where an event goes, and under each rule which of its clauses hold. Rules that were not reached are counted. */
export function sayExplanation({
  destinations,
  unrouted,
  policy,
  policy_from: from,
  rules,
  messages = [],
}: Explanation): readonly string[] {
  const reached = rules.filter(({ outcome }) => outcome !== "not_reached");
  const rest = rules.length - reached.length;
  return [
    ...reached.flatMap(({ rule, name, outcome, clauses }) => [
      `${rule}  ${name}  ${outcomes[outcome]}`,
      ...clauses.map((clause) => `     ${clause.holds ? "✓" : "✕"} ${sayClause(clause)}`),
    ]),
    ...(rest === 0 ? [] : [`${rest} more ${rest === 1 ? "rule is" : "rules are"} not reached`]),
    `goes to  ${destinations.length === 0 ? "nowhere" : destinations.join(", ")}${unrouted ? "  (no rule takes it)" : ""}`,
    ...(policy === null
      ? []
      : [`asks for an approval under the policy ${policy}${from ? `, ${from}` : ""}`]),
    ...messages.flatMap(sayMessage),
  ];
}

/** What a place would show, and what is amiss with its texts. */
function sayMessage({
  destination,
  title,
  missing,
  trouble,
}: NonNullable<Explanation["messages"]>[number]): readonly string[] {
  const place = plainText(destination);
  return [
    `${place} shows  ${plainText(title)}`,
    ...missing.map(
      (field) => `     ✕ its texts ask for ${plainText(field)}, which the event lacks`,
    ),
    ...(trouble === null ? [] : [`     ✕ ${trouble}: the event is shown as it came`]),
  ];
}

function sayClause({ field, wanted, found, holds, error }: Clause): string {
  const asked = `${field} ${typeof wanted === "string" ? wanted : JSON.stringify(wanted)}`;
  if (error !== null) return `${asked}: ${error}`;
  if (field === "when" || field === "same item" || field.endsWith("$or")) return asked;
  const shown = found === null ? "nothing there" : plainText(JSON.stringify(found));
  return holds ? asked : `${asked}: the event has ${shown}`;
}
