import { parseDuration, writeDuration } from "../domain/duration.ts";
import { nearestName } from "../domain/nearest-name.ts";
import type { Group, Person } from "../domain/person.ts";
import type { Approvers, Policy } from "../domain/policy.ts";
import type { ProblemAt } from "../domain/problem.ts";
import type { PolicyText } from "../routing/policy-schema.ts";
import { say } from "../words/say.ts";

/** Who is known here, so that names can be read and written. */
export interface Known {
  readonly people: readonly Person[];
  readonly groups: readonly Group[];
  /** People can prove a vote by single sign-on here. */
  readonly signOn?: boolean;
}

/** Write a policy as people read it: groups by name, people by what means nobody else. */
export function writePolicy(policy: Policy, known: Known): PolicyText {
  return {
    name: policy.name,
    approvers: policy.approvers.map((one) => writeApprovers(one, known)),
    votes: policy.votes,
    rejections: policy.rejections,
    self: policy.requesterMayVote,
    requester: policy.requester,
    reason: policy.reason,
    via: [...policy.via],
    assurance: policy.assurance ?? "click",
    expires_in: writeDuration(policy.expiresInMs),
  };
}

function writeApprovers(
  approvers: Approvers,
  { people, groups }: Known,
): PolicyText["approvers"][number] {
  switch (approvers.kind) {
    case "anyone":
      return { anyone: true };
    case "group":
      return { group: groups.find(({ id }) => id === approvers.group)?.name ?? approvers.name };
    case "person": {
      const person = people.find(({ id }) => id === approvers.person);
      return { person: person ? personText(person, people) : approvers.name };
    }
  }
}

/** By e-mail address, else by name; by the id where both may mean somebody else. */
const personText = ({ id, name, email }: Person, people: readonly Person[]) =>
  [email, name].find((said) => said !== undefined && meantBy(said, people).length === 1) ?? id;

/** Everybody whom a text may mean. */
function meantBy(said: string, people: readonly Person[]): readonly Person[] {
  const wanted = said.toLowerCase();
  return people.filter(
    ({ id, email, name }) =>
      email?.toLowerCase() === wanted || name.toLowerCase() === wanted || id === said,
  );
}

/** Read what somebody wrote, without id and version; or say which places of it nobody here can be. */
export function readPolicy(
  text: PolicyText,
  known: Known,
): Omit<Policy, "id" | "version"> | { readonly errors: readonly ProblemAt[] } {
  const errors: ProblemAt[] = [];
  const approvers = text.approvers.flatMap((one, index): Approvers[] => {
    const found = readApprovers(one, known);
    if ("kind" in found) return [found];
    errors.push({ pointer: `/approvers/${index}/${found.field}`, message: found.message });
    return [];
  });
  errors.push(...signOnTroubles(text, known));
  const people = new Set(approvers.flatMap((one) => (one.kind === "person" ? [one.person] : [])));
  const onlyPeople = approvers.every(({ kind }) => kind === "person");
  if (errors.length === 0 && onlyPeople && people.size < text.votes) {
    const message = say`only ${people.size} may approve, so ${text.votes} approvals can never be met`;
    errors.push({ pointer: "/votes", message });
  }
  if (errors.length > 0) return { errors };
  return {
    name: text.name,
    approvers,
    votes: text.votes,
    rejections: text.rejections,
    requesterMayVote: text.self,
    requester: text.requester,
    reason: text.reason,
    // A chat cannot send its person through the issuer, so such a request has Open only there.
    ...(text.assurance === "sso"
      ? { via: ["web"], assurance: "sso" }
      : { via: [...new Set(text.via)] }),
    expiresInMs: parseDuration(text.expires_in) ?? 0,
  };
}

function signOnTroubles({ assurance, via }: PolicyText, { signOn }: Known): readonly ProblemAt[] {
  if (assurance !== "sso") return [];
  if (!signOn) return [{ pointer: "/assurance", message: noIssuer() }];
  return via.includes("web") ? [] : [{ pointer: "/via", message: webMissing() }];
}

const noIssuer = () =>
  say`nobody can prove a vote by single sign-on here: this hub has no issuer; set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or say click`;
const webMissing = () => say`a vote is proven by single sign-on on the web page alone; add web`;

type Unknown = { readonly field: "group" | "person"; readonly message: string };

function readApprovers(
  one: PolicyText["approvers"][number],
  { people, groups }: Known,
): Approvers | Unknown {
  if ("anyone" in one) return { kind: "anyone" };
  if ("group" in one) {
    const group = groups.find(({ name }) => name === one.group);
    if (group) return { kind: "group", group: group.id, name: group.name };
    const names = groups.map(({ name }) => name);
    return { field: "group", message: unknown("group", one.group, names) };
  }
  const found = meantBy(one.person, people);
  const [person] = found;
  if (person && found.length === 1) return { kind: "person", person: person.id, name: person.name };
  if (found.length > 1) {
    return {
      field: "person",
      message: say`${found.length} people are called "${one.person}"; give the e-mail address`,
    };
  }
  const names = people.flatMap(({ email, name }) => (email === undefined ? [name] : [email, name]));
  return { field: "person", message: unknown("person", one.person, names) };
}

/** Say that there is nothing of this name, and which name was probably meant. */
export function unknown(kind: keyof typeof absent, name: string, known: Iterable<string>): string {
  const near = nearestName(name, [...known]);
  return `${absent[kind](name)}${near ? say`; did you mean "${near}"?` : ""}`;
}

const absent = {
  destination: (name: string) => say`there is no destination "${name}"`,
  group: (name: string) => say`there is no group "${name}"`,
  person: (name: string) => say`there is no person "${name}"`,
  policy: (name: string) => say`there is no policy "${name}"`,
  producer: (name: string) => say`there is no producer "${name}"`,
} as const;
