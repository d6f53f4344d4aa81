import { readDataDir } from "../config.ts";
import { findRunning } from "../data-folder.ts";
import { parseUrl } from "../domain/parse-url.ts";
import { exitCodes, type World } from "./world.ts";

/** Flags that every command takes. */
export interface GlobalFlags {
  readonly url?: string;
  readonly key?: string;
  readonly dataDir?: string;
}

/** Which hub to talk to, and as whom; or why none can be named. */
export type Connection =
  | { readonly ok: true; readonly url: string; readonly key: string }
  | { readonly ok: false; readonly exit: number; readonly lines: readonly string[] };

/**
 * Find the hub: by flags, else by COUNTERSIGN_URL and COUNTERSIGN_KEY, else the one that runs on the data folder.
 *
 * The local admin key goes to the hub of its own folder and nowhere else: an address from outside needs a key from
 * outside.
 */
export function findHub(flags: GlobalFlags, world: World): Connection {
  const dataDir = readDataDir(
    flags.dataDir === undefined ? world.env : { DATA_DIR: flags.dataDir },
    world.folder,
  );
  const running = findRunning(dataDir);
  const url = flags.url ?? (world.env["COUNTERSIGN_URL"] || undefined);
  const key = flags.key ?? (world.env["COUNTERSIGN_KEY"] || undefined);
  if (url !== undefined && !/^https?:$/.test(parseUrl(url)?.protocol ?? "")) {
    return refuse(
      exitCodes.usage,
      `${url} is no address of a hub. Write it like https://hub.example.`,
    );
  }
  const address = url ?? running?.ownUrl;
  if (address === undefined) {
    return refuse(
      exitCodes.notReached,
      `No hub runs on ${dataDir}.`,
      "Start it with countersign serve, or name one with --url and --key.",
    );
  }
  const isHere = running && [running.url, running.ownUrl].some((one) => sameHub(one, address));
  const fitting = key ?? (isHere ? running.adminKey : undefined);
  if (fitting === undefined) {
    return refuse(
      exitCodes.usage,
      `A key for ${address} is missing. Give it with --key or in COUNTERSIGN_KEY.`,
    );
  }
  return { ok: true, url: address.replace(/\/+$/, ""), key: fitting };
}

function refuse(exit: number, ...lines: readonly string[]): Connection {
  return { ok: false, exit, lines };
}

const sameHub = (one: string, other: string) => new URL(one).origin === new URL(other).origin;
