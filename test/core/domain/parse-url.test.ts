import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseUrl } from "../../../core/domain/parse-url.ts";
import { filesBelow, projectRoot } from "../../fixtures/runner/source-tree.ts";

/** Far more calls than Node needs to compile the function anew, after which its `URL.canParse` errs. */
const hot = 50_000;

describe("parseUrl", () => {
  it("reads addresses of any script, however often it is called", () => {
    const texts = ["https://bücher.example/", "https://a.example/"];
    const read = Array.from({ length: hot }, (_, index) => parseUrl(texts[index % 2] ?? ""));
    expect(read.filter((url) => url === undefined)).toEqual([]);
    expect(read[0]?.host).toBe("xn--bcher-kva.example");
  });

  it("reads relative to an address, and answers undefined where there is none", () => {
    expect(parseUrl("b?c", "https://a.example/x/")?.href).toBe("https://a.example/x/b?c");
    expect([parseUrl("https//:x"), parseUrl("/b"), parseUrl("")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("is what the hub reads addresses with, never URL.canParse", () => {
    const files = ["core", "slack-app", "teams-app"]
      .flatMap(filesBelow)
      // Pages run in a browser, whose function does not err.
      .filter((file) => /\.tsx?$/.test(file) && !file.startsWith("core/web/client/"));
    expect(files.length).toBeGreaterThan(300);
    const found = files.filter((file) =>
      /URL\.canParse\(/.test(readFileSync(join(projectRoot, file), "utf8")),
    );
    expect(found).toEqual([]);
  });
});
