/**
 * What saving, testing and sending to an address finds, in English (FEATURES §6.1). `{detail}` is what was found there,
 * `{status}` and `{reason}` what the receiver answered.
 */
export const placeTroubles = {
  urlMissing: {
    cause: "There is nothing to test: {place} has no address yet, neither typed nor stored.",
    next: "Put the address in the field and test again; saving first is not needed.",
  },
  urlMalformed: {
    cause: "The address of {place} is not a web address: {detail}.",
    next: "Copy it again from where it was made, whole and without spaces.",
  },
  urlNotHttps: {
    cause: "The address of {place} is not https, so others could read the message.",
    next: "Use the https address that the receiver gives you.",
  },
  urlPort: {
    cause: "Port {detail} is not allowed; only the default port 443 is, and writing :443 is fine.",
    next: "Remove the port, or ask the operator of the receiving system for an address on 443.",
  },
  urlWrongKind: {
    cause: "The address of {place} is not one of {platform}: its host is {detail}.",
    next: "Paste the right address, or choose the destination kind “Webhook”.",
  },
  urlRetired: {
    cause:
      "The address of {place} is an Office 365 connector ({detail}); Microsoft has switched these off.",
    next: "Make a Workflows webhook in the channel and paste its address, or install the Teams app to get buttons.",
  },
  urlOldForm: {
    cause:
      "The address of {place} is a Workflows address of the old form; Microsoft switches these off.",
    next: "Open the workflow, copy its new address and paste it, or install the Teams app to get buttons.",
  },
  refused: {
    cause:
      "{platform} was reached at {place} and refused the message: HTTP {status}, its reason is {reason}.",
    next: "Whoever looks after {place} checks its address, its credentials and its template; if the reason says nothing, they make a new hook and paste it.",
  },
  platformTrouble: {
    cause: "{platform} has trouble on its side at {place}: HTTP {status}.",
    next: "Wait: the hub tries again for 24 hours, and nothing is lost.",
  },
  rateLimited: {
    cause: "There are too many messages for {place} just now.",
    next: "Nothing to do: the hub goes on in order when the receiver lets it. If this comes often, a router sends less there.",
  },
  unreachable: {
    cause: "No connection to {place} within 8 seconds: {detail}.",
    next: "Check that the address is still current and that what it leads to still exists; the operator checks the outgoing network.",
  },
  connectionLost: {
    cause: "The connection to {place} broke before an answer came ({detail}).",
    next: "Nothing to do: the hub tries again by itself.",
  },
  addressPrivate: {
    cause:
      "The address of {place} leads to a private network address ({detail}), and the hub does not call inside networks.",
    next: "Whoever looks after {place} enters the public https address of the receiver; for an on-site system the operator can list the host in OUTBOUND_ALLOW.",
  },
  addressLoopback: {
    cause: "The address of {place} is the hub's own computer ({detail}).",
    next: "Whoever looks after {place} enters the public https address of the receiver.",
  },
  addressLinkLocal: {
    cause:
      "The address of {place} is a link-local or cloud metadata address ({detail}); these are never called.",
    next: "Whoever looks after {place} enters the public https address of the receiver; there is no exception.",
  },
  redirected: {
    cause: "The receiver of {place} sent us on to {detail}; redirects are not followed.",
    next: "Enter the final address yourself.",
  },
  jsonInvalid: {
    cause: "The body of {place} is not valid JSON at {detail}.",
    next: "Fix that place; texts and names need double quotes, and single quotes are none.",
  },
  templateInvalid: {
    cause: "The template of {place} cannot be read: {detail}.",
    next: "Fix that place; placeholders are LiquidJS: a name such as event.subject in double braces.",
  },
  placeholderMissing: {
    cause: "The event has no field {detail} of {place}.",
    next: "Correct the name, or give a default value in the template, such as event.data.team | default: “none”.",
  },
  headerBad: {
    cause: "The header line {detail} of {place} cannot be sent.",
    next: "Write one header a line, as Name: value, in plain Latin characters; Content-Type, Host and the webhook- headers are the hub's own.",
  },
  timedOut: {
    cause: "{place} did not answer in {detail}, your own limit.",
    next: "Raise the limit, or make the receiver answer first and work later.",
  },
  tooLarge: {
    cause: "The body for {place} is too large: {detail}.",
    next: "Send a link in place of the content.",
  },
} as const;

/** What only Workflows addresses answer, in English (FEATURES §6.3). */
export const workflowTroubles = {
  gone: {
    cause:
      "The workflow of {place} does not take calls at this address any more (HTTP {status}); it is gone or off, or its address changed, and often its owner left.",
    next: "The channel's owner makes a new workflow and pastes its address, or installs the app.",
  },
  cardUnreadable: {
    cause: "The workflow of {place} could not read the card that it was sent.",
    next: "The channel's owner makes the workflow from the template “Post to a channel when a webhook request is received”.",
  },
} as const;
