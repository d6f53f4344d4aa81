import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { ConsentAsked, ConsentTrouble } from "./consent.ts";
import type { Tenant } from "./tenant.ts";

const html = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const style = `
:root { color-scheme: light dark; --ink: #1b1b1b; --quiet: #5c5c5c; --paper: #fff; --around: #f2f2f2; --line: #8a8886; --go: #0067b8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f5f5f5; --quiet: #c2c2c2; --paper: #1f1f1f; --around: #141414; --line: #767676; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--around); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: min(28rem, 100%); padding: 2.5rem; background: var(--paper); }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
select { width: 100%; padding: .5rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); }
.ends { display: flex; gap: .5rem; justify-content: flex-end; margin-top: 2rem; }
button { min-width: 7rem; padding: .5rem 1rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); cursor: pointer; }
button[value="accept"] { color: #fff; background: var(--go); border-color: var(--go); }
:focus-visible { outline: 3px solid var(--go); outline-offset: 2px; }
p, li { overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
`;

const styleHash = `'sha256-${createHash("sha256").update(style).digest("base64")}'`;

function send(response: ServerResponse, status: number, title: string, main: string, to = "") {
  const policy = [
    "default-src 'none'",
    `style-src ${styleHash}`,
    // A form that is redirected to the app's address needs that address named too.
    `form-action 'self' ${to}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy.join("; "),
    "cache-control": "no-store",
  });
  response.end(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${html(title)} · Microsoft (sandbox)</title><style>${style}</style></head><body><main><p class="quiet">Microsoft · sandbox</p><h1>${html(title)}</h1>${main}</main></body></html>`,
  );
}

/** Who may be chosen: the people of the tenant, and the admin of another one. */
function choices({ name, people, stranger }: Tenant): string {
  const here = people
    .filter(({ gone }) => !gone)
    .map((one, index) => {
      const role = index === 0 ? ", admin" : one.guest ? ", guest" : "";
      return `<option value="${html(one.aadObjectId)}">${html(`${one.name} of ${name}${role}`)}</option>`;
    });
  return `${here.join("")}<option value="stranger">An admin of ${html(stranger.name)}</option>`;
}

/** Draw the page on which an admin lets the app in, or not. It works without scripts; its form comes back to its own address. */
export function sendConsentPage(
  { tenant, redirect, scope }: ConsentAsked,
  response: ServerResponse,
): void {
  const { host, origin } = new URL(redirect);
  const wants = scope
    ? `<p>It asks for:</p><ul>${scope
        .split(" ")
        .map((one) => `<li><code>${html(one)}</code></li>`)
        .join("")}</ul>`
    : "<p>It asks for what its registration names.</p>";
  const main = `<p>Countersign wants to work for the whole organization.</p>${wants}
<form method="post">
<label for="who">You are</label>
<select id="who" name="who">${choices(tenant)}</select>
<p class="quiet">You are sent back to ${html(host)}.</p>
<div class="ends">
<button name="answer" value="cancel">Cancel</button>
<button name="answer" value="accept">Accept</button>
</div>
</form>`;
  send(response, 200, "Permissions requested", main, origin);
}

/** Draw Microsoft's own error page: where the app asked wrongly, or somebody may not agree, nobody is sent anywhere. */
export function sendConsentTrouble(response: ServerResponse, { code, text }: ConsentTrouble): void {
  const title = code === 90094 ? "Need admin approval" : "Sorry, but we cannot sign you in";
  const main = `<p>${html(text)}</p><p class="quiet">Error code: <code>AADSTS${code}</code></p>`;
  send(response, 400, title, main);
}
