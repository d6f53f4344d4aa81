import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  renderSandboxPage,
  sandboxVendorAssets,
} from "../../../../core/web/sandbox/sandbox-page.tsx";

const html = renderSandboxPage({ csrf: "token", movesClock: true });
const attributes = (name: string) =>
  [...html.matchAll(new RegExp(` ${name}="([^"]*)"`, "g"))].map(([, value]) => value ?? "");

describe("renderSandboxPage", () => {
  it("carries no inline script, style or listener", () => {
    const scripts = [...html.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)];
    expect(scripts.length).toBeGreaterThan(2);
    for (const [, attribute, content] of scripts) {
      expect(attribute).toContain(' src="/assets/');
      expect(content).toBe("");
    }
    expect(html).not.toMatch(/<style| style=| on[a-z]+=/);
  });

  it("carries the session's token once, escaped", () => {
    const csrf = `a"b<c>`;
    const page = renderSandboxPage({ csrf, movesClock: true });
    expect(page).toContain('<meta name="csrf-token" content="a&quot;b&lt;c');
    expect(page).not.toContain(csrf);
  });

  it("offers to move the clock only where it can be moved", () => {
    const forward = (movesClock: boolean) =>
      /<button[^>]*id="forward"[^>]*>/.exec(renderSandboxPage({ csrf: "token", movesClock }))?.[0];
    expect(forward(true)).not.toContain("disabled");
    expect(forward(false)).toMatch(/disabled.*cannot be moved from here/);
  });

  it("asks for nothing that is not on this hub", () => {
    for (const address of [...attributes("src"), ...attributes("href")]) {
      expect(address).toMatch(/^[/#](?!\/)/);
    }
  });

  it("names style sheets that exist", () => {
    const sheets = attributes("href").filter((address) => address.endsWith(".css"));
    expect(sheets.length).toBeGreaterThan(5);
    for (const sheet of sheets) {
      const name = sheet.replace("/assets/", "");
      const file = new URL(`../../../../core/web/assets/${name}`, import.meta.url);
      expect(existsSync(fileURLToPath(file)), sheet).toBe(true);
    }
  });

  it("names package files that Node finds", () => {
    const { resolve } = createRequire(import.meta.url);
    for (const module of Object.values(sandboxVendorAssets)) {
      expect(existsSync(resolve(module)), module).toBe(true);
    }
  });

  it("loads the card renderer before the page's own module", () => {
    const order = attributes("src").filter((address) => address.endsWith(".js"));
    expect(order.at(-1)).toBe("/assets/client/sandbox.js");
    expect(order).toEqual(expect.arrayContaining(Object.keys(sandboxVendorAssets)));
  });

  it("gives every id once", () => {
    const ids = attributes("id");
    expect(new Set(ids).size).toBe(ids.length);
  });
});
