import { afterAll, beforeAll, expect, it } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";

interface Listed<Item> {
  readonly items: readonly Item[];
}
interface Workspace {
  readonly id: string;
  readonly platform: string;
  readonly state: string;
}
interface Destination {
  readonly name: string;
  readonly broken: { readonly code: string } | null;
}
interface Found {
  readonly items: readonly { readonly name: string; readonly visibility: string }[];
}

const patience = { timeout: 20_000 };

onEveryEngine("the life of a tenant of Teams", (engine) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
  });
  afterAll(() => endStory(hub));

  const read = async <Body>(path: string) =>
    (await hub.call<Body>("GET", path, { key: hub.adminKey })).body;
  const tenant = async () => {
    const { items } = await read<Listed<Workspace>>("/v1/workspaces");
    const found = items.find(({ platform }) => platform === "teams");
    if (!found) throw new Error("There is no tenant.");
    return found;
  };
  /** The code by which a destination is broken; "whole" where it is not. */
  const stateOf = (name: string) => async () => {
    const { items } = await read<Listed<Destination>>("/v1/destinations");
    const found = items.find((one) => one.name === name);
    return found && (found.broken?.code ?? "whole");
  };
  const change = async (route: "teams" | "channels", wish: object) => {
    const body = { platform: "teams", ...wish };
    const { status, body: said } = await hub.sandbox.call("POST", `/${route}`, { body });
    expect({ status, said }).toMatchObject({ status: 200 });
  };
  const find = async (asked: string) => {
    const { id } = await tenant();
    const path = `/v1/workspaces/${id}/channels?q=${encodeURIComponent(asked)}`;
    return (await read<Found>(path)).items.map(({ name, visibility }) => [name, visibility]);
  };

  it("A7: channels of every type are found, each with its type", async () => {
    const { id } = await tenant();
    const listedAt = async () =>
      (await read<{ readonly listed_at: string | null }>(`/v1/workspaces/${id}/channels?q=`))
        .listed_at;
    await expect.poll(listedAt, patience).not.toBeNull();
    await change("channels", { do: "create", team: "Ops", name: "Plans", type: "private" });
    await change("channels", { do: "create", team: "Ops", name: "Drills" });
    await expect.poll(() => find("Drills"), patience).toEqual([["Ops › Drills", "public"]]);
  });

  it("A18: a deleted channel breaks its destination alone, and a restored one mends it", async () => {
    const incidents = stateOf("Ops › Incidents");
    await change("channels", { do: "delete", channel: "Ops › Incidents" });
    await expect.poll(incidents, patience).toBe("channel_not_found");
    expect(await stateOf("Ops › General")()).toBe("whole");
    await change("channels", { do: "restore", channel: "Ops › Incidents" });
    await expect.poll(incidents, patience).toBe("whole");
  });

  it("U14: a team that removes the app breaks its destinations, and adding it again mends them", async () => {
    const [general, incidents] = [stateOf("Ops › General"), stateOf("Ops › Incidents")];
    await change("teams", { do: "remove_app", team: "Ops" });
    await expect.poll(general, patience).toBe("not_in_channel");
    expect((await tenant()).state).toBe("connected");
    await hub.post({
      type: "alert.triggered",
      level: "alert",
      data: { rule: "Nobody in the room" },
    });
    const held = async () =>
      (await read<Listed<{ readonly label: string }>>("/v1/deliveries?state=held")).items;
    await expect.poll(held, patience).toMatchObject([{ label: "Ops › Incidents" }]);
    await change("teams", { do: "add_app", team: "Ops", repeat: true });
    await expect.poll(general, patience).toBe("whole");
    await expect.poll(incidents, patience).toBe("whole");
    await hub.sandbox.message("teams", ({ text }) => text.includes("Nobody in the room"));
  });

  it("A18: a team that was unarchived while the app was out is whole when it is added again", async () => {
    const general = stateOf("Ops › General");
    await change("teams", { do: "archive", team: "Ops" });
    await expect.poll(general, patience).toBe("is_archived");
    for (const what of ["remove_app", "unarchive", "add_app"])
      await change("teams", { do: what, team: "Ops" });
    await expect.poll(general, patience).toBe("whole");
  });

  it("A17: with the last team the tenant is revoked, and one team brings it back", async () => {
    await change("teams", { do: "remove_app", team: "Ops" });
    await change("teams", { do: "remove_app", team: "Finance" });
    await expect.poll(async () => (await tenant()).state, patience).toBe("revoked");
    await change("teams", { do: "add_app", team: "Ops" });
    await expect.poll(async () => (await tenant()).state, patience).toBe("connected");
    await change("teams", { do: "add_app", team: "Finance" });
    await expect.poll(stateOf("Ops › General"), patience).toBe("whole");
  });
});
