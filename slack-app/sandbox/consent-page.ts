import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { ConsentAsked, ConsentTrouble } from "./consent.ts";
import type { Rig } from "./rig.ts";

const signs: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const html = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => signs[sign] ?? sign);

const style = `
:root { color-scheme: light dark; --ink: #1d1c1d; --quiet: #616061; --paper: #fff; --line: #ddd; --go: #007a5a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f2f2f2; --quiet: #b9babd; --paper: #1a1d21; --line: #424549; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
header { padding: .75rem 1.5rem; border-bottom: 1px solid var(--line); color: var(--quiet); }
main { max-width: 34rem; margin: 2rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
select { width: 100%; padding: .6rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: 4px; }
ul { margin: 0; padding-left: 1.25rem; }
.ends { display: flex; gap: .75rem; justify-content: flex-end; margin-top: 2rem; }
button { padding: .6rem 1.25rem; font: inherit; font-weight: 700; color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: 4px; cursor: pointer; }
button[value="allow"] { color: #fff; background: var(--go); border-color: var(--go); }
:focus-visible { outline: 3px solid #1264a3; outline-offset: 2px; }
p, li { overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
`;

const styleHash = `'sha256-${createHash("sha256").update(style).digest("base64")}'`;

function send(response: ServerResponse, status: number, title: string, main: string, to: string) {
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
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${html(title)} · Slack (sandbox)</title><style>${style}</style></head><body><header>Slack · sandbox</header><main>${main}</main></body></html>`,
  );
}

const option = (value: string, text: string) =>
  `<option value="${html(value)}">${html(text)}</option>`;

/** Who may be chosen, each workspace with its people: one choice settles both. */
function choices({ world, members }: Rig, only: string | undefined): string {
  const { enterprise } = world;
  const places = [
    ...world.teams.map(({ id, name }) => ({ id, name, teams: [id] })),
    {
      id: enterprise.id,
      name: `${enterprise.name} (whole organization)`,
      teams: world.teams.filter((one) => one.enterprise === enterprise.id).map(({ id }) => id),
    },
  ].filter(({ id }) => only === undefined || id === only);
  return places
    .flatMap((place) =>
      members
        .all()
        .filter((one) => place.teams.includes(one.workspace) && !one.deactivated)
        .map((one) =>
          option(
            `${place.id} ${one.id}`,
            `${one.name}${one.guest ? " (guest)" : ""} in ${place.name}`,
          ),
        ),
    )
    .join("");
}

/** Draw the page on which somebody lets the app in, or not. It works without scripts. */
export function sendConsentPage(
  rig: Rig,
  asked: ConsentAsked,
  query: Readonly<Record<string, unknown>>,
  response: ServerResponse,
): void {
  const hidden = Object.entries(query)
    .filter((one): one is [string, string] => typeof one[1] === "string")
    .map(([name, value]) => `<input type="hidden" name="${html(name)}" value="${html(value)}">`);
  const { host, origin } = new URL(asked.redirect);
  const title = "Countersign is requesting permission to access a Slack workspace";
  send(
    response,
    200,
    title,
    `<h1>${title}</h1>
<form method="post">
${hidden.join("")}
<label for="who">You are</label>
<select id="who" name="who">${choices(rig, asked.team)}</select>
<h2>What will Countersign be able to do?</h2>
<ul>${asked.scopes.map((scope) => `<li><code>${html(scope)}</code></li>`).join("")}</ul>
<p class="quiet">You are sent back to ${html(host)}.</p>
<div class="ends">
<button name="answer" value="cancel">Cancel</button>
<button name="answer" value="allow">Allow</button>
</div>
</form>`,
    origin,
  );
}

/** Draw Slack's own error page: where the app asked wrongly, nobody is sent anywhere. */
export function sendConsentTrouble(
  response: ServerResponse,
  { error, text }: ConsentTrouble,
): void {
  const main = `<h1>Something went wrong when authorizing this app.</h1><p>${html(text)}</p><p class="quiet">Error code: <code>${html(error)}</code></p>`;
  send(response, 400, "Something went wrong", main, "");
}
