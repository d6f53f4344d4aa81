// What the sandbox API and the events API answer, as far as this page reads it.

/** A chat app of the sandbox. */
export type Chat = "slack" | "teams";

/** Anything that came as JSON and is read with care. */
export type Loose = Readonly<Record<string, unknown>>;

export interface CheckedLimit {
  readonly what: string;
  readonly used: number;
  readonly limit: number;
}

/** What a chat refuses or draws wrongly in a message. */
export interface CardMistake {
  readonly pointer: string;
  readonly message: string;
  readonly todo: string;
  readonly found_by: "limits" | "parser";
}

/** A message in one of the panes. */
export interface ChatMessage {
  readonly id: string;
  readonly platform: Chat;
  readonly channel: string;
  readonly channel_name: string;
  readonly author: { readonly id: string; readonly name: string; readonly app: boolean };
  readonly text: string;
  readonly blocks?: readonly Loose[];
  readonly card?: Loose;
  /** What stands there is for the present person alone: the answer to what they pressed. */
  readonly alone?: true;
  readonly edits: number;
  readonly thread: readonly Loose[];
  readonly posted_at: string;
  readonly edited_at: string | null;
  readonly deleted: boolean;
  readonly check: readonly CheckedLimit[];
  readonly mistakes: readonly CardMistake[];
}

export interface ChatChannel {
  readonly id: string;
  readonly name: string;
  readonly team?: string;
  readonly private: boolean;
  /** Slack, of a private one: who is in it, by id. */
  readonly people?: readonly string[];
  readonly member: boolean;
  readonly archived?: boolean;
  /** Teams: what it calls the type of the channel. */
  readonly type?: "standard" | "private" | "shared";
}

/** `Ops › General` is General to those who see its team beside it. */
export const shortName = ({ name, team }: ChatChannel): string =>
  team !== undefined && name.startsWith(`${team} › `) ? name.slice(team.length + 3) : name;

export interface ChatPerson {
  readonly id: string;
  readonly name: string;
  readonly guest: boolean;
  /** Slack: the app's Home as it was last given to them. */
  readonly home?: { readonly message: string; readonly view: Loose };
  /** Teams: the conversation of their chat with the app. */
  readonly chat?: string;
}

/** One chat app with its workspace. */
export interface ChatState {
  readonly platform: Chat;
  readonly workspace: { readonly id: string; readonly name: string; readonly installed?: boolean };
  readonly channels: readonly ChatChannel[];
  readonly people: readonly ChatPerson[];
  readonly messages: readonly ChatMessage[];
}

/** One of the cast, whom the viewer can be. */
export interface CastMember {
  readonly name: string;
  readonly note: string;
  readonly guest: boolean;
}

export interface SampleEvent {
  readonly label: string;
  readonly note: string;
  readonly event: Loose;
}

/** Who can be made to fail. */
export type ChaosTarget = Chat | "callback";

/** Everything that the panes draw. */
export interface SandboxState {
  readonly now: string;
  readonly hub_url: string;
  readonly people: readonly CastMember[];
  readonly chaos: Readonly<Record<ChaosTarget, number>>;
  readonly platforms: readonly ChatState[];
  readonly samples: readonly SampleEvent[];
}

/** A dialog that a platform opened for a person. */
export interface OpenDialog {
  readonly id: string;
  readonly title: string;
  readonly view: unknown;
  readonly inputs: readonly {
    readonly id: string;
    readonly label: string;
    readonly error?: string;
  }[];
}

/** What a person saw after doing something. */
export interface Sight {
  readonly shown: "dialog" | "refusal" | "updated" | "none";
  readonly text?: string;
  readonly card?: Loose;
  readonly dialog?: OpenDialog;
  readonly http: { readonly status: number; readonly ms: number };
}

/** A callback as the sandbox's producer received it. */
export interface ReceivedCallback {
  readonly id: number;
  readonly approval: string;
  readonly revision: number;
  readonly received_at: string;
  readonly verdict: string;
  readonly status: number;
}

export interface TracedDelivery {
  readonly id: string;
  readonly kind: "post" | "edit" | "note" | "callback";
  readonly platform: string | null;
  readonly label: string;
  readonly state: "pending" | "sending" | "held" | "delivered" | "suppressed" | "dead";
  readonly attempts: number;
  readonly because: string | null;
  readonly status: number | null;
  readonly duration_ms: number | null;
  readonly created_at: string;
  readonly due_at: string | null;
  readonly settled_at: string | null;
}

export interface TracedApproval {
  readonly id: string;
  readonly state: "open" | "approved" | "rejected" | "expired" | "cancelled";
  readonly revision: number;
  readonly policy: { readonly name: string; readonly version: number; readonly votes: number };
  readonly votes: readonly {
    readonly name: string;
    readonly choice: string;
    readonly reason: string | null;
    readonly at: string;
    readonly via: string;
  }[];
  readonly closed_at: string | null;
  readonly closed_by: string | null;
  readonly expires_at: string;
}

/** One event with everything that followed from it. */
export interface TracedEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: string | null;
  readonly received_at: string;
  readonly producer: { readonly id: string; readonly name: string };
  readonly state: string;
  readonly rule_set_version: number;
  readonly unrouted: boolean;
  readonly matched: readonly {
    readonly rule: number;
    readonly name: string;
    readonly destinations: readonly string[];
  }[];
  readonly deliveries: readonly TracedDelivery[];
  readonly approval: TracedApproval | null;
}
