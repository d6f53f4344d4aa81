import { afterEach, describe, expect, it } from "vitest";
import { answering, run, smallWorld } from "./small-world.ts";

let hub: Awaited<ReturnType<typeof answering>>;
afterEach(() => hub.close());

const items = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `dlv_${at}` }));

async function listed(answers: readonly object[], ...flags: readonly string[]) {
  hub = await answering({ "GET /v1/deliveries": answers });
  return run([...hub.flags, "deliveries", "list", ...flags], smallWorld());
}

describe("a list of the command line", () => {
  it("reads on where the hub found nothing in the part that it looked at", async () => {
    const parts = [
      { items: [], next: "first" },
      { items: items(1), next: "second" },
      { items: items(2), next: null },
    ];
    const { out } = await listed(parts, "--label", "#ops");
    expect(out.match(/dlv_/g)).toHaveLength(3);
    expect(out).not.toContain("--after");
    expect(hub.asked.map(({ path }) => path)).toEqual([
      "/v1/deliveries?label=%23ops",
      "/v1/deliveries?label=%23ops&limit=50&after=first",
      "/v1/deliveries?label=%23ops&limit=49&after=second",
    ]);
  });

  it("does not say that there is nothing, where not all was looked at", async () => {
    const { out } = await listed([{ items: [], next: "further" }], "--label", "#ops");
    expect(out).toBe("Nothing so far. Look further with --after further\n");
    expect(hub.asked).toHaveLength(10);
  });

  it("says how to go on where there is more than was asked for, and goes on there", async () => {
    const { out } = await listed([{ items: items(2), next: "more" }], "--limit", "2");
    expect(out).toContain("There are more. Go on with --after more\n");
    hub.close();
    expect((await listed([{ items: [], next: null }], "--after", "more")).out).toBe(
      "No deliveries.\n",
    );
    expect(hub.asked.map(({ path }) => path)).toEqual(["/v1/deliveries?after=more"]);
  });

  it("gives as JSON all that was read, and where it goes on", async () => {
    const parts = [
      { items: items(1), next: "first" },
      { items: items(1), next: "more" },
    ];
    const { out } = await listed(parts, "--limit", "2", "--json");
    expect(JSON.parse(out)).toEqual({ items: [...items(1), ...items(1)], next: "more" });
  });
});
