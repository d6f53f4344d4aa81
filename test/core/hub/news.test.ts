import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createNewsDesk } from "../../../core/hub/news.ts";
import type { WorkspaceNews } from "../../../core/ports/workspace-news.ts";
import { organization } from "../domain/samples.ts";
import { openWorld, type World } from "./world.ts";

describe("the news desk", () => {
  let world: World;
  let followed: string[];
  let fails: boolean;

  /** Another process over the same store. */
  const openDesk = () => {
    const follow = (where: string) => async (news: WorkspaceNews) => {
      if (fails) throw new Error("the store is away");
      followed.push(`${where} ${news.kind}`);
    };
    const { store, clock } = world;
    const channel = follow("channel");
    return createNewsDesk({
      ...{ organization, store, clock, channel },
      installation: follow("installation"),
    });
  };
  const told = { platform: "slack", workspace: "T1", news: "Ev1", at: new Date() } as const;
  const archived: WorkspaceNews = { ...told, kind: "channel_archived", channel: "C1" };
  const removed: WorkspaceNews = { ...told, news: "Ev2", kind: "app_removed", code: "x" };

  beforeEach(async () => {
    world = await openWorld();
    followed = [];
    fails = false;
  });
  afterEach(() => world.close());

  it("brings each to those whom it concerns", async () => {
    const desk = openDesk();
    await desk.tell(archived);
    await desk.tell(removed);
    expect(followed).toEqual(["channel channel_archived", "installation app_removed"]);
  });

  it("U15: what is told again has no second effect, also in another process", async () => {
    await openDesk().tell(archived);
    await openDesk().tell(archived);
    expect(followed).toHaveLength(1);
  });

  it("the same identity in another workspace or of another platform is other news", async () => {
    const desk = openDesk();
    await desk.tell(archived);
    await desk.tell({ ...archived, workspace: "T2" });
    await desk.tell({ ...archived, platform: "teams" });
    expect(followed).toHaveLength(3);
  });

  it("U15: what could not be followed is followed when it is told again", async () => {
    fails = true;
    await expect(openDesk().tell(archived)).rejects.toThrow("the store is away");
    fails = false;
    await openDesk().tell(archived);
    expect(followed).toHaveLength(1);
  });
});
