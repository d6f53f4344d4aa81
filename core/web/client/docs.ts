// Starts Swagger UI on the page /docs, in the colours that the reader's system asks for.

/** The part of swagger-ui-bundle.js that this page uses; the bundle puts it on the window. */
type SwaggerUi = (options: {
  readonly url: string;
  readonly domNode: Element;
  readonly deepLinking: boolean;
  readonly defaultModelsExpandDepth: number;
  readonly validatorUrl: null;
  readonly syntaxHighlight: { readonly activated: false };
}) => unknown;

const host = document.querySelector<HTMLElement>("#swagger-ui");
const start = (globalThis as { readonly SwaggerUIBundle?: SwaggerUi }).SwaggerUIBundle;
const dark = matchMedia("(prefers-color-scheme: dark)");

const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

/** Swagger UI brings a `main` of its own, and a page has one: ours becomes a plain box with the same children. */
function giveUpMain(): void {
  const main = document.querySelector<HTMLElement>("main#content");
  if (!main) return;
  const box = document.createElement("div");
  box.id = main.id;
  box.className = main.className;
  box.tabIndex = -1;
  box.append(...main.childNodes);
  main.replaceWith(box);
}

const levels = { "h3.opblock-tag": "2", h4: "3", h5: "4" };
const regions = {
  ".information-container": "About this API",
  ".scheme-container": "Servers and keys",
};

/** Name Swagger UI's parts and put its titles under our `h1`. It draws late and often, so each change is looked at. */
function settle(part: Element): void {
  for (const [selector, label] of Object.entries(regions)) {
    for (const region of part.querySelectorAll(`${selector}:not([role])`)) {
      region.setAttribute("role", "region");
      region.setAttribute("aria-label", label);
    }
  }
  for (const [selector, level] of Object.entries(levels)) {
    for (const title of part.querySelectorAll(`${selector}:not([aria-level])`)) {
      title.setAttribute("aria-level", level);
    }
  }
  for (const choice of part.querySelectorAll("select#servers:not([aria-label])")) {
    choice.setAttribute("aria-label", "Server");
  }
  for (const box of part.querySelectorAll<HTMLElement>("pre.microlight:not([tabindex])"))
    box.tabIndex = 0;
}

if (host && start) {
  giveUpMain();
  new MutationObserver(() => settle(host)).observe(host, { childList: true, subtree: true });
  start({
    url: host.dataset["openapi"] ?? "/openapi.json",
    domNode: host,
    deepLinking: false,
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
    // Its colours are too faint on their ground.
    syntaxHighlight: { activated: false },
  });
}
