import type { Approval } from "../domain/approval.ts";
import type { ChatChannel, Destination, DestinationKind } from "../domain/destination.ts";
import type { Event } from "../domain/event.ts";
import type { DeliveryId } from "../domain/ids.ts";
import type { Message, Note } from "../domain/message.ts";
import type { MessageRef } from "../domain/message-ref.ts";
import type { SendReport } from "../domain/send-result.ts";
import type { Clock } from "./clock.ts";
import type { Connecting } from "./connecting.ts";
import type { Inbox } from "./inbox.ts";
import type { Installations } from "./installations.ts";
import type { Log } from "./log.ts";
import type { Mount } from "./mount.ts";
import type { WorkspaceDoor } from "./workspace-door.ts";
import type { NewsDesk } from "./workspace-news.ts";

/** What a chat platform counts of what it is sent. */
export type CountedTask = "post" | "edit" | "note";

/**
 * At most `count` sends of these kinds from one lane in any window of `ms`. Several windows hold together; those of one
 * platform count the same kinds.
 */
export interface Pace {
  readonly tasks: readonly CountedTask[];
  readonly count: number;
  readonly ms: number;
}

/**
 * At most `count` calls of these kinds to one workspace in any window of `ms`, from all lanes and processes together.
 */
export interface Budget extends Pace {
  /** What the platform calls it: `chat.update`. Each kind of call is in one budget at most. */
  readonly name: string;
  /** Whom a Retry-After holds up: all such calls to the workspace, or everything in the lane that met it. */
  readonly retryAfter: "workspace" | "lane";
}

/** What a post is about, for kinds that send more than a message, or other things. */
export interface Posting {
  /** The same on every try, so that a receiver can drop repeats. */
  readonly delivery: DeliveryId;
  readonly event: Event;
  readonly producerName: string;
  /** The request that the event opened, as it stands now. */
  readonly approval?: Approval;
  /** It tells what became of a request that was posted there before. */
  readonly follows: boolean;
  /** How the request ended was told there before: what is new came after that. */
  readonly endTold?: true;
  /** Somebody tries whether messages arrive; nothing has happened. */
  readonly test: boolean;
}

/**
 * The code that speaks to one kind of destination.
 *
 * It tries once and reports; retries, pacing and order belong to the lane. It never throws for what the platform may
 * answer.
 */
export interface DestinationAdapter<Kind extends DestinationKind = DestinationKind> {
  readonly kind: Kind;
  readonly paces: readonly Pace[];
  readonly budgets: readonly Budget[];
  post(
    destination: Extract<Destination, { kind: Kind }>,
    message: Message,
    posting: Posting,
  ): Promise<SendReport>;
  edit(ref: MessageRef, message: Message): Promise<SendReport>;
  /** Write a note into the thread below a message. A `sent` has no ref: nobody edits a note. */
  note(ref: MessageRef, note: Note): Promise<SendReport>;
}

/** The code that speaks to the channels of a chat: a message is all that they are sent. */
export interface ChatAdapter<Kind extends ChatChannel["kind"] = ChatChannel["kind"]>
  extends Omit<DestinationAdapter<Kind>, "post"> {
  post(destination: Extract<Destination, { kind: Kind }>, message: Message): Promise<SendReport>;
}

/** What a chat platform needs from core. */
export interface ChatPlatformDeps {
  readonly inbox: Inbox;
  readonly news?: NewsDesk;
  readonly installations: Installations;
  /** Absent where nobody connects workspaces: then the platform has no `workspaces` either. */
  readonly connecting?: Connecting;
  readonly clock: Clock;
  readonly log: Log;
}

/** A chat platform: it sends, and it hears clicks. */
export interface ChatPlatform<Kind extends ChatChannel["kind"] = ChatChannel["kind"]> {
  readonly adapter: ChatAdapter<Kind>;
  readonly mounts: readonly Mount[];
  readonly workspaces?: WorkspaceDoor;
  /** Stop hearing; resolves when everything that was acknowledged is stored. */
  close(): Promise<void>;
}
