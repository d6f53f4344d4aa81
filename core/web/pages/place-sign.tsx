import type { Delivery } from "../../domain/delivery.ts";

const names: Readonly<Record<string, string>> = {
  slack: "Slack",
  teams: "Teams",
};

/** Say in one word which kind of place a delivery goes to. */
export function PlaceSign({ platform }: { readonly platform: Delivery["platform"] }) {
  return <span class={`place place-${platform}`}>{names[platform] ?? "HTTP"}</span>;
}
