const goesOn = "The hub tries again for 24 hours, with growing pauses.";

/** What became of a callback that was not taken, in English: the cause, and the next step with who does it. */
export const callbackTroubles = {
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
    next: `Nothing to do: the hub tries again by itself. ${goesOn}`,
  },
  too_large: {
    cause: "The message would be larger than a callback may be, so nothing was sent.",
    next: "Let the producer send less, or a link in its place.",
  },
  producer_unknown: {
    cause: "The producer was deleted, and its secret with it.",
    next: "Nothing to do: nobody is there to be told.",
  },
  otherStatus: {
    cause: "{host} was reached and answered {status}.",
    next: `Look at the receiver. ${goesOn}`,
  },
  other: {
    cause: "{host} did not take it: {code}.",
    next: `Look at the receiver. ${goesOn}`,
  },
} as const;
