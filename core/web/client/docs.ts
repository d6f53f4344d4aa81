// Starts Swagger UI on the page /docs, in the colours that the reader's system asks for.

/** The part of swagger-ui-bundle.js that this page uses; the bundle puts it on the window. */
interface SwaggerUi {
  (options: {
    readonly url: string;
    readonly domNode: Element;
    readonly deepLinking: boolean;
    readonly defaultModelsExpandDepth: number;
    readonly validatorUrl: null;
  }): unknown;
}

const host = document.querySelector<HTMLElement>("#swagger-ui");
const start = (globalThis as { readonly SwaggerUIBundle?: SwaggerUi }).SwaggerUIBundle;
const dark = matchMedia("(prefers-color-scheme: dark)");

const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

if (host && start) {
  start({
    url: host.dataset["openapi"] ?? "/openapi.json",
    domNode: host,
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
  });
}
