import { expect } from "vitest";
import { median } from "./figures.ts";
import { makeFolder, removeFolder } from "./folders.ts";
import { type Running, run, start } from "./program.ts";
import type { IngestSpec } from "./programs/ingest-hub.ts";
import type { LoadResult, LoadSpec } from "./programs/load.ts";

/** Where a server under load listens. */
interface Door {
  readonly url: string;
  readonly key: string;
}

/** How the servers are loaded: both alike, in turns. */
type Load = Omit<LoadSpec, "url" | "key">;

/** What both servers managed in each round. */
export interface Turns {
  readonly baseline: readonly LoadResult[];
  readonly subject: readonly LoadResult[];
}

/** Rounds in one run: odd, so that there is a middle one. */
const rounds = 7;

/** Start two servers, warm both, then load them in turns. The one that waits is idle. */
export async function inTurns(
  startBaseline: (folder: string) => Running<Door>,
  startSubject: (folder: string) => Running<Door>,
  load: Load,
): Promise<Turns> {
  const folders = [makeFolder(), makeFolder()] as const;
  const servers = [startBaseline(folders[0]), startSubject(folders[1])] as const;
  try {
    const [baseline, subject] = await Promise.all([servers[0].next(), servers[1].next()]);
    const results = { baseline: [] as LoadResult[], subject: [] as LoadResult[] };
    const turn = async (door: Door) => {
      const result = await run<LoadResult>("load", { ...load, ...door });
      expect(result.refused).toBe(0);
      return result;
    };
    await turn(baseline);
    await turn(subject);
    for (let round = 0; round < rounds; round += 1) {
      results.baseline.push(await turn(baseline));
      results.subject.push(await turn(subject));
    }
    return results;
  } finally {
    await Promise.all(servers.map((server) => server.end()));
    folders.forEach(removeFolder);
  }
}

/** A hub that takes events. */
export const ingestHub =
  (mode: IngestSpec["mode"], commitMs?: number) =>
  (folder: string): Running<Door> =>
    start("ingestHub", { folder, mode, ...(commitMs === undefined ? {} : { commitMs }) });

/** An Express app that keeps nothing. */
export const bareExpress = (): Running<Door> => start("bareExpress", {});

/** How much the subject did for each request of the baseline: the medians, and round by round. */
export function ratio({ baseline, subject }: Turns) {
  const rate = ({ perSecond }: LoadResult) => perSecond;
  const before = median(baseline.map(rate));
  return {
    value: median(subject.map(rate)) / before,
    baseline: before,
    rounds: subject.map(({ perSecond }, round) => perSecond / (baseline[round]?.perSecond ?? 0)),
  };
}

/** An event of about 1 KB that one of ten rules takes, with an id of its own. */
export const oneEvent = JSON.stringify({
  id: "$$$$$$$$-@@@@@@@@",
  type: "deploy.kind7",
  subject: "web/1.4.2",
  level: "notice",
  data: {
    service: "web",
    version: "1.4.2",
    environment: "production",
    commits: Array.from({ length: 8 }, (_, number) => ({
      id: `3f9a61c2d0b94e7f8a55c1d2e3f4a5${number}`,
      author: "chloe@example.com",
      text: "Round totals once, at the end of the sum",
    })),
  },
});
