import { describe, expect, it } from "vitest";
import { textsIn } from "../../../core/messages/catalogue.ts";
import { changesOf, differs } from "../../../core/messages/differences.ts";

const { notes } = textsIn("en");
const fact = (label: string, value: string) => ({ label, value });
const shown = (more: object = {}) => ({ title: "Apply the plan", facts: [], ...more });
/** What is told of two contents; those that differ in nothing are said to be the same. */
function told(before: object, after: object) {
  const [was, is] = [shown(before), shown(after)];
  const changes = changesOf(was, is, notes);
  expect(differs(was, is)).toBe(changes.length > 0);
  return changes;
}

describe("what is asked for with other content", () => {
  it("is told by the facts that changed, came or went", () => {
    const was = [fact("Service", "web"), fact("Version", "1"), fact("Zone", "a")];
    const is = [fact("Service", "web"), fact("Version", "2"), fact("Note", "b")];
    expect(told({ facts: was }, { facts: is })).toEqual([
      ...["Version: 1 → 2", "Zone: a → –", "Note: – → b"],
    ]);
    expect(told({ facts: was }, { facts: was })).toEqual([]);
  });

  it("is told by a long text where it changed, however far behind", () => {
    const plan = "keep the disk as it is\n".repeat(400);
    const [change] = told({ body: `${plan}add one` }, { body: `${plan}destroy all` });
    expect(change).toBe("Text: …add one → …destroy all");
    expect(told({ body: "add one" }, { body: "add two" })).toEqual(["Text: add one → add two"]);
    const [pair] = told({ body: `${"x".repeat(400)}😀` }, { body: `${"x".repeat(400)}😁` });
    expect(pair).toBe("Text: …😀 → …😁");
    const [cut] = told({ body: `${plan}${plan}` }, { body: `${plan}no ${plan}` });
    expect(cut?.length).toBeLessThan(620);
  });

  it("is told by what one platform alone shows", () => {
    const on = (platform: string, value: string) => ({
      factsOn: { [platform]: [fact("Commit", value)] },
    });
    expect(told(on("slack", "abc"), on("slack", "def"))).toEqual(["Commit: abc → def"]);
    expect(told(on("teams", "abc"), on("teams", "def"))).toEqual(["Commit: abc → def"]);
    const both = { facts: [fact("Commit", "abc")], ...on("slack", "abc") };
    expect(told(both, on("slack", "def"))).toEqual(["Commit: abc → def"]);
  });

  it("is told by each of two facts with one label", () => {
    const facts = (first: string) => ({ facts: [fact("Site", first), fact("Site", "Ulm")] });
    expect(told(facts("Bonn"), facts("Kiel"))).toEqual(["Site: Bonn, Ulm → Kiel, Ulm"]);
  });
});
