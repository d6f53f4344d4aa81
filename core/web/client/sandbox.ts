// The sandbox page: fills the shell that the server drew, and keeps it as the hub is.
import { drawAfterPress } from "./draw-after-press.ts";
import { reasonOf } from "./sandbox/api.ts";
import { openChaos } from "./sandbox/chaos.ts";
import { openTrash } from "./sandbox/confirm.ts";
import { part } from "./sandbox/dom.ts";
import { followHub, readState } from "./sandbox/live.ts";
import { Model } from "./sandbox/model.ts";
import { openSending } from "./sandbox/send-event.ts";
import { openSlackPane } from "./sandbox/slack-pane.ts";
import { drawStrip } from "./sandbox/strip.ts";
import { openTeamsPane } from "./sandbox/teams-pane.ts";
import { openClock, tellTrouble } from "./sandbox/top-bar.ts";
import { openPersonSwitch } from "./sandbox/who.ts";
import { openWorkspaceMenus } from "./sandbox/workspace-menu.ts";

async function start(): Promise<void> {
  const model = new Model(await readState());
  const live = followHub(model, tellTrouble);
  const deeds = { model, live };
  const drawings = [
    openPersonSwitch(model),
    openClock(deeds, tellTrouble),
    openChaos(deeds),
    openSlackPane(deeds),
    openTeamsPane(deeds),
    () => drawStrip(model),
  ];
  openSending(deeds);
  openTrash(deeds);
  openWorkspaceMenus(deeds);
  const drawAll = () => {
    for (const draw of drawings) draw();
  };
  model.onChange(() => drawAfterPress(drawAll));
  model.changed();
  await live.refresh();
  part("sandbox").dataset["ready"] = "true";
}

start().catch((cause: unknown) => tellTrouble(new Error(reasonOf(cause))));
