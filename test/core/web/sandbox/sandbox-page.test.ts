import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  renderSandboxPage,
  sandboxVendorAssets,
} from "../../../../core/web/sandbox/sandbox-page.tsx";
import { frame } from "../pages/page-fixtures.ts";

const html = renderSandboxPage({ frame });
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
    const page = renderSandboxPage({ frame: { ...frame, csrf } });
    expect(page).toContain('<meta name="csrf-token" content="a&quot;b&lt;c');
    expect(page).not.toContain(csrf);
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
