import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow, projectRoot } from "../../fixtures/runner/source-tree.ts";

/** Files that every engine has under the same name. */
const skeleton = ["lanes.ts", "migrate.ts", "records.ts", "store.ts"];

/** What one engine needs and the other does not, each with the reason. */
const own: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sqlite: {
    "body-bytes.ts": "long records take less of the file; MongoDB packs its files itself",
    "body-dictionary.ts": "what long records have in common",
    "key-bytes.ts": "keys take less of the file; MongoDB shortens what keys begin with itself",
    "bind.ts": "the one door to a driver that ends the process over a wrong value",
    "quick-check.ts": "a file can be damaged; doctor looks at it while the hub may not open it",
    "commit-apart.ts":
      "the file is written in a thread of its own; MongoDB is another process anyway",
    "commit.ts": "writes share a transaction; MongoDB gathers them itself",
    "parcel.ts": "writes go to that thread as one piece of memory",
    "shut-file.ts": "a file has an owner; a server says itself whom it lets in",
    "settings.ts": "two threads open the file alike",
    "take-in.ts":
      "several records are stored in one commit; MongoDB is used one document at a time",
    "writer-thread.ts": "the thread that writes the file",
    "writer.ts": "writes that arrive together are committed together",
  },
  mongo: {
    "follow-looks.ts": "a server may come back unnoticed by the driver; a file is always there",
    "gather.ts": "a question costs a way there and back; a file is read at once",
    "connect.ts": "the one door to a server that may be away",
    "reads.ts": "a question costs a way there and back, so those that are asked at once share one",
    "replace-all.ts": "MongoDB says how many of several replaces were taken, not which",
    "server-time.ts": "the clock that all processes share is the server's; a file has one process",
    "start-trouble.ts": "a server can be away, too old, or refuse the user; a file cannot",
  },
};

const filesOf = (engine: string) =>
  filesBelow(`core/stores/${engine}`).map((file) => file.slice(`core/stores/${engine}/`.length));

describe("skeleton of a store engine", () => {
  it.each(["sqlite", "mongo"])("%s has it, and says why it has more", (engine) => {
    const wanted = [...skeleton, ...Object.keys(own[engine] ?? {})].toSorted();
    expect(filesOf(engine)).toEqual(wanted);
  });
});

describe("the door to MongoDB", () => {
  it("is opened by one dynamic import alone, so that a hub on SQLite never loads the driver", () => {
    const importers = filesBelow("core")
      .filter((file) => /\.tsx?$/.test(file) && !file.startsWith("core/stores/mongo/"))
      .flatMap((file) => {
        const text = readFileSync(join(projectRoot, file), "utf8");
        return [...text.matchAll(/(\w+)[\s(]*"[^"]*(?:stores\/mongo\/|mongoose)[^"]*"/g)].map(
          ([, word]) => `${file}: ${word}`,
        );
      });
    expect(importers).toEqual(["core/start/open-store.ts: import"]);
  });
});
