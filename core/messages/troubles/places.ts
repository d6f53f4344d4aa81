import { nothingToDo, type TroubleRow } from "./trouble.ts";

const publicAddress = "Whoever looks after {place} enters the public https address of the receiver";

/**
 * What saving, testing and sending to an address finds (FEATURES §6.1). `{detail}` is what was found there, `{status}` and
 * `{reason}` what the receiver answered.
 */
export const placeTroubles: readonly TroubleRow[] = [
  [
    ["url_missing"],
    "There is nothing to test: {place} has no address yet, neither typed nor stored.",
    "Put the address in the field and test again; saving first is not needed.",
  ],
  [
    ["url_malformed"],
    "The address of {place} is not a web address: {detail}.",
    "Copy it again from where it was made, whole and without spaces.",
  ],
  [
    ["url_not_https"],
    "The address of {place} is not https, so others could read the message.",
    "Use the https address that the receiver gives you.",
  ],
  [
    ["url_port"],
    "Port {detail} is not allowed; only the default port 443 is, and writing :443 is fine.",
    "Remove the port, or ask the operator of the receiving system for an address on 443.",
  ],
  [
    ["url_wrong_kind"],
    "The address of {place} is not one of {platform}: its host is {detail}.",
    "Paste the right address, or choose the destination kind “Webhook”.",
  ],
  [
    ["url_retired"],
    "The address of {place} is an Office 365 connector ({detail}); Microsoft has switched these off.",
    "Make a Workflows webhook in the channel and paste its address, or install the Teams app to get buttons.",
  ],
  [
    ["url_old_form"],
    "The address of {place} is a Workflows address of the old form; Microsoft switches these off.",
    "Open the workflow, copy its new address and paste it, or install the Teams app to get buttons.",
  ],
  [
    ["http_4xx"],
    "{platform} was reached at {place} and refused the message: HTTP {status}, its reason is {reason}.",
    "Whoever looks after {place} checks its address, its credentials and its template; if the reason says nothing, they make a new hook and paste it.",
  ],
  [
    ["http_5xx", "rollup_error"],
    "{platform} has trouble on its side at {place}: HTTP {status}.",
    "Wait: the hub tries again for 24 hours, and nothing is lost.",
  ],
  [
    ["http_429"],
    "There are too many messages for {place} just now.",
    "Nothing to do: the hub goes on in order when the receiver lets it. If this comes often, a router sends less there.",
  ],
  [
    ["unreachable"],
    "No connection to {place} within 8 seconds: {detail}.",
    "Check that the address is still current and that what it leads to still exists; the operator checks the outgoing network.",
  ],
  [
    ["connection_lost"],
    "The connection to {place} broke before an answer came ({detail}).",
    nothingToDo,
  ],
  [
    ["address_private"],
    "The address of {place} leads to a private network address ({detail}), and the hub does not call inside networks.",
    `${publicAddress}; for an on-site system the operator can list the host in OUTBOUND_ALLOW.`,
  ],
  [
    ["address_loopback"],
    "The address of {place} is the hub's own computer ({detail}).",
    `${publicAddress}.`,
  ],
  [
    ["address_link_local"],
    "The address of {place} is a link-local or cloud metadata address ({detail}); these are never called.",
    `${publicAddress}; there is no exception.`,
  ],
  [
    ["redirected"],
    "The receiver of {place} sent us on to {detail}; redirects are not followed.",
    "Enter the final address yourself.",
  ],
  [
    ["json_invalid"],
    "The body of {place} is not valid JSON at {detail}.",
    "Fix that place; texts and names need double quotes, and single quotes are none.",
  ],
  [
    ["template_invalid"],
    "The template of {place} cannot be read: {detail}.",
    "Fix that place; placeholders are LiquidJS: a name such as event.subject in double braces.",
  ],
  [
    ["placeholder_missing"],
    "The event has no field {detail} of {place}.",
    "Correct the name, or give a default value in the template, such as event.data.team | default: “none”.",
  ],
  [
    ["header_bad"],
    "The header line {detail} of {place} cannot be sent.",
    "Write one header a line, as Name: value, in plain Latin signs; Content-Type, Host and the webhook- headers are the hub's own.",
  ],
  [
    ["timed_out"],
    "{place} did not answer in {detail}, your own limit.",
    "Raise the limit, or make the receiver answer first and work later.",
  ],
  [
    ["too_large"],
    "The body for {place} is too large: {detail}.",
    "Send a link in place of the content.",
  ],
];

/** What only Workflows addresses answer (FEATURES §6.3). */
export const workflowTroubles: readonly TroubleRow[] = [
  [
    ["http_401", "http_403", "http_404", "http_410"],
    "The workflow of {place} does not take calls at this address any more (HTTP {status}); it is gone or off, or its address changed, and often its owner left.",
    "The channel's owner makes a new workflow and pastes its address, or installs the app.",
  ],
  [
    ["TriggerRequestSchemaValidationFailed", "InvalidRequestContent"],
    "The workflow of {place} could not read the card that it was sent.",
    "The channel's owner makes the workflow from the template “Post to a channel when a webhook request is received”.",
  ],
];
