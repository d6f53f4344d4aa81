import type { Approval, Fact } from "../domain/approval.ts";
import type { Catalogue } from "./catalogue.ts";
import { cutText } from "./clean-text.ts";
import { room } from "./event-content.ts";

type Shown = Pick<Approval, "title" | "body" | "facts" | "factsOn">;

/** Tell whether two contents show something else, on whichever platform. */
export function differs(before: Shown, after: Shown): boolean {
  const told = ({ title, body, facts, factsOn }: Shown) =>
    JSON.stringify([title, body, facts, factsOn?.slack, factsOn?.teams]);
  return told(before) !== told(after);
}

/** What two contents differ in, one line each: `Quantity: 2 → 3`. */
export function changesOf(
  before: Shown,
  after: Shown,
  said: Catalogue["notes"],
): readonly string[] {
  const [was, is] = [linesOf(before, said), linesOf(after, said)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((label) => {
    const [old, young] = [was.get(label) ?? "–", is.get(label) ?? "–"];
    if (old === young) return [];
    const [from, to] = label === said.body ? fromWhereTheyPart(old, young) : [old, young];
    return [`${label}: ${from} → ${to}`];
  });
}

/** Everything that is shown, by its label; what has one label stands together. */
function linesOf({ title, body, facts, factsOn }: Shown, said: Catalogue["notes"]) {
  const all: readonly Fact[] = [
    { label: said.title, value: title },
    ...(body === undefined ? [] : [{ label: said.body, value: body }]),
    ...[facts, factsOn?.slack ?? [], factsOn?.teams ?? []].flat(),
  ];
  const lines = new Map<string, ReadonlySet<string>>();
  for (const { label, value } of all) lines.set(label, new Set(lines.get(label)).add(value));
  return new Map([...lines].map(([label, values]) => [label, [...values].join(", ")] as const));
}

/** How many characters are shown of what two long texts begin with alike, at most. */
const alike = 80;

/** Cut two texts to their room, so that what they differ in is seen. */
function fromWhereTheyPart(one: string, other: string): readonly [string, string] {
  const longest = Math.min(one.length, other.length);
  let at = 0;
  while (at < longest && one[at] === other[at]) at += 1;
  if (at <= alike) return [cutText(one, room.value), cutText(other, room.value)];
  const space = one.slice(0, at).search(/\s\S*$/u);
  const isNear = space >= at - alike;
  // Between the halves of a pair no text begins.
  const from = isNear ? space + 1 : /[\ud800-\udbff]/u.test(one[at - 1] ?? "") ? at - 1 : at;
  const [shown, told] = [one, other].map((text) => cutText(`…${text.slice(from)}`, room.value));
  return [shown ?? one, told ?? other];
}
