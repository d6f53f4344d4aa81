import type { CardMistake } from "../../domain/card-mistake.ts";
import { say } from "../../words/say.ts";
import { Icon } from "./icons.tsx";

/** What a chat refuses or draws wrongly in a message, by path, with what to do; nothing where all is right. */
export function MistakeList({ mistakes }: { readonly mistakes: readonly CardMistake[] }) {
  if (mistakes.length === 0) return null;
  return (
    <ul class="panel-body plain-list" aria-label={say`Mistakes in this message`}>
      {mistakes.slice(0, 20).map(({ pointer, message, todo }) => (
        <li key={pointer + message}>
          <Icon name="alert" /> <code>{pointer || "/"}</code> {message.replace(/\.$/, "")}.{" "}
          <b>{todo}</b>
        </li>
      ))}
    </ul>
  );
}
