import { codeOf } from "../domain/send-result.ts";
import { nothingToDo, type Trouble } from "./troubles/trouble.ts";

const goesOn = "The hub tries again for 24 hours, with growing pauses.";

const known: Readonly<Record<string, Trouble>> = {
  http_410: {
    cause: "{host} says that this address is gone for good, so the hub stopped.",
    next: "Correct the producer's callback address, then send it again.",
  },
  http_401: {
    cause: "{host} was reached and did not accept the signature or a login.",
    next: "Compare the callback secret there with the producer's here. It is tried again meanwhile.",
  },
  http_404: {
    cause: "{host} was reached, and has nothing at this address.",
    next: "Correct the producer's callback address or the receiver. It is tried again meanwhile.",
  },
  address_refused: {
    cause: "The address leads to a place that this hub does not call, such as an inside network.",
    next: "Use the public https address, or let the operator list the host in OUTBOUND_ALLOW; then send it again.",
  },
  timed_out: {
    cause: "{host} was reached and gave no answer in time; it may have taken the message.",
    next: `The receiver should answer first and work later. ${goesOn}`,
  },
  unreachable: {
    cause: "No connection to {host} came about.",
    next: `See that the receiver runs and that its name leads to it. ${goesOn}`,
  },
  connection_lost: {
    cause: "The connection to {host} broke before an answer came; it may have taken the message.",
    next: `${nothingToDo} ${goesOn}`,
  },
  too_large: {
    cause: "The message would be larger than a callback may be, so nothing was sent.",
    next: "Let the producer send less, or a link in its place.",
  },
  producer_unknown: {
    cause: "The producer was deleted, and its secret with it.",
    next: `${nothingToDo} Nobody is there to be told.`,
  },
};

/** Say what the failure of a callback means, and what to do: its cause, and the next step with who does it. */
export function callbackTrouble(because: string, host: string): Trouble {
  const code = codeOf(because);
  const { cause, next } = known[code] ?? {
    cause: code.startsWith("http_")
      ? `{host} was reached and answered ${code.slice(5)}.`
      : `{host} did not take it: ${code}.`,
    next: `Look at the receiver. ${goesOn}`,
  };
  return { cause: cause.replaceAll("{host}", () => host), next };
}
