import type { SandboxDeps, SandboxPlatform } from "../ports/sandbox.ts";

type StandIn = (deps: SandboxDeps) => Promise<SandboxPlatform>;
const standIns: { slack?: StandIn; teams?: StandIn } = {};

// The sandbox is an addition: without the `sandbox` folders of both platforms and these lines, the hub is whole.
// biome-ignore format: one line for each platform
standIns.slack = async (deps) => (await import("../../slack-app/sandbox/slack-sandbox.ts")).createSlackSandbox(deps); // sandbox wiring
// biome-ignore format: one line for each platform
standIns.teams = async (deps) => (await import("../../teams-app/sandbox/teams-sandbox.ts")).createTeamsSandbox(deps); // sandbox wiring

/** Load the local stand-ins for the chat platforms, as many as this installation has. */
export async function loadStandIns(
  depsFor: (platform: "slack" | "teams") => SandboxDeps,
): Promise<readonly SandboxPlatform[]> {
  const loaded = await Promise.all([
    standIns.slack?.(depsFor("slack")),
    standIns.teams?.(depsFor("teams")),
  ]);
  return loaded.filter((platform) => platform !== undefined);
}
