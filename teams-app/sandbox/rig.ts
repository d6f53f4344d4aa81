import type { SandboxDone, SandboxTold } from "../../core/ports/sandbox-life.ts";
import type { Derive } from "./derive.ts";
import type { Lifecycle } from "./lifecycle.ts";
import type { LiveTenant } from "./live-tenant.ts";
import type { Posts } from "./posts.ts";

/** What life in one tenant works with. */
export interface Rig {
  readonly tenant: LiveTenant;
  readonly derive: Derive;
  readonly lifecycle: Lifecycle;
  readonly posts: Posts;
}

/** Say that it is done, and what the hub was told. */
export const done = (id: string, told: readonly SandboxTold[] = []): SandboxDone => ({
  kind: "done",
  id,
  told,
});

/** Say why Teams lets nobody do that. People see a window there; these names are the sandbox's own. */
export const refused = (code: string): SandboxDone => ({ kind: "refused", code });

/** Say that there is no such thing. */
export const unknown = (
  what: (SandboxDone & { readonly kind: "unknown" })["what"],
  asked: string | undefined,
): SandboxDone => ({ kind: "unknown", what, asked: asked ?? "" });

/** Whether a wish names this tenant, or none. */
export function isHome({ tenant }: Rig, workspace: string | undefined): boolean {
  return workspace === undefined || [tenant.id, tenant.name].includes(workspace);
}
