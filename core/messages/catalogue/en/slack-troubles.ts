/** What Slack's errors mean, in English (FEATURES §6.2): the cause, and the next step with who does it. */
export const slackTroubles = {
  notInChannel: {
    cause: "The app is not a member of {place}.",
    next: "Anyone in {place} types the invite line that the workspace's page shows; what waits is sent then.",
  },
  notInstalled: {
    cause: "The workspace of {place} is not connected.",
    next: "An admin of this hub presses Reconnect on the workspace's page; rules, channels and waiting messages stay.",
  },
  channelNotFound: {
    cause: "{place} is gone, or it is private and hidden from the app; Slack does not tell which.",
    next: "A router of this hub picks the channel again, or anyone in it invites the app.",
  },
  archived: {
    cause: "{place} was archived.",
    next: "Anyone who may restores it in Slack, or a router of this hub picks another channel.",
  },
  revoked: {
    cause:
      "Slack no longer accepts this installation: the app was removed, or its access was withdrawn.",
    next: "An admin of this hub presses Reconnect on the workspace's page; rules, channels and waiting messages stay.",
  },
  tokenExpired: {
    cause: "The workspace's access token has run out or could not be renewed.",
    next: "The hub renews it by itself. If this stays: an admin of this hub presses Reconnect on the workspace's page; rules, channels and waiting messages stay.",
  },
  scopeMissing: {
    cause: "The app lacks a right that this needs.",
    next: "An admin of this hub presses Reauthorise on the workspace's page and accepts the right that it names.",
  },
  restricted: {
    cause: "A rule of the workspace forbids this app to post in {place}.",
    next: "A Slack admin changes who may post there, or a router of this hub picks another channel.",
  },
  rateLimited: {
    cause: "There are too many messages for Slack just now.",
    next: "Nothing to do: the hub goes on in order when Slack lets it. If this comes often, a router sends less to {place}.",
  },
  formRefused: {
    cause: "Slack refused the form of this message.",
    next: "It was sent as a short card with a link; whoever wrote the producer's text makes it shorter.",
  },
  messageGone: {
    cause: "The old message in {place} was deleted or can no longer be changed.",
    next: "The result was posted as a new message; nobody has to do anything.",
  },
  noReplies: {
    cause: "The message in {place} takes no replies.",
    next: "Nothing to do: the card itself shows the same.",
  },
  personGone: {
    cause: "{place} cannot get this private message from the app.",
    next: "A router of this hub corrects the person, or an admin enables the app's message tab.",
  },
  formTooLate: {
    cause: "The form opened too late or twice, so no vote was stored.",
    next: "The person presses the button again.",
  },
  installStopped: {
    cause: "The install was stopped on Slack's page.",
    next: "An admin of this hub starts Connect again; if apps need approval there, a workspace admin gives it first.",
  },
  installUnfit: {
    cause: "The install's answer does not fit this hub.",
    next: "The operator compares client id, client secret and redirect address with `countersign manifest slack`.",
  },
  organizationBlocks: {
    cause: "The Slack organization blocks the app for this workspace.",
    next: "An admin of the Slack organization grants it; what waits is sent then.",
  },
  hookGone: {
    cause: "The hook of {place} no longer exists or was switched off.",
    next: "Whoever looks after the destination makes a new hook in Slack and pastes it, or installs the app and picks a channel.",
  },
  bodyUnreadable: {
    cause: "Slack could not read the body that was sent to {place}.",
    next: "Whoever looks after the destination checks its template; the refused part is in the attempt.",
  },
  hookLimited: {
    cause: "An admin of the workspace limits the hook of {place}.",
    next: "A Slack admin lifts it, or the app is used in place of the hook.",
  },
  platformTrouble: {
    cause: "Slack has trouble on its side.",
    next: "Nothing to do: the hub tries again by itself.",
  },
  callUnproven: {
    cause:
      "A call to the hub's Slack address was not signed with the app's secret, or a clock is off by more than five minutes.",
    next: "The operator compares the signing secret with the Slack app's, and looks at the clock of this machine.",
  },
  tooManySockets: {
    cause: "Slack holds ten connections of this app already.",
    next: "The operator runs fewer processes; the others go on hearing.",
  },
} as const;
