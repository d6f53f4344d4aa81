/** What errors of Teams and its login mean, in English (FEATURES §6.3): the cause, and the next step with who does it. */
export const teamsTroubles = {
  notInPlace: {
    cause: "The app is not in the team or chat of {place}.",
    next: "A team owner adds the app; what waits is sent then.",
  },
  blockedByAdmin: {
    cause: "The Teams admin of this tenant blocks the app.",
    next: "The Teams admin allows it in the admin centre.",
  },
  blockedByPerson: {
    cause: "{place} blocked or removed the app.",
    next: "The person adds the app again, or a router of this hub picks a channel.",
  },
  forbidden: {
    cause: "The app may not do this in {place}.",
    next: "A router of this hub picks a standard channel, or the team owner allows it.",
  },
  wrongServiceAddress: {
    cause: "The service address that was stored for {place} is not the tenant's.",
    next: "Nothing to do: it is corrected with the next activity. If this stays, a team owner adds the app anew.",
  },
  uninstalled: {
    cause: "Every team of {place} has removed the app.",
    next: "A team owner adds it again; it connects by itself, and what waits is sent then.",
  },
  placeGone: {
    cause: "{place} was deleted.",
    next: "A router of this hub picks another channel.",
  },
  archived: {
    cause: "The team of {place} is archived.",
    next: "A team owner restores it, or a router of this hub picks another channel.",
  },
  serviceHostRefused: {
    cause: "Teams named a service address for {place} that this hub may not call.",
    next: "The operator compares it with TEAMS_SERVICE_HOSTS.",
  },
  notInstalled: {
    cause: "The tenant of {place} is not connected.",
    next: "An admin of this hub connects it again under Workspaces; what waits is sent then.",
  },
  tenantRefused: {
    cause: "The tenant is none that the operator of this hub allows any more.",
    next: "The operator adds the tenant's id to TEAMS_ALLOWED_TENANTS, or an admin disconnects it here; what waits is kept.",
  },
  messageGone: {
    cause: "The old message in {place} was deleted.",
    next: "The result was posted as a new message; nobody has to do anything.",
  },
  appUnknown: {
    cause: "The app id is not known in the tenant that was asked.",
    next: "An admin checks app id and tenant under Workspaces, Teams app; new bots are single tenant.",
  },
  secretWrong: {
    cause: "The bot's client secret is wrong or has run out.",
    next: "An admin makes a new secret in Azure and saves it under Workspaces, Teams app; what waits is sent then.",
  },
  consentMissing: {
    cause: "Consent for a permission is missing.",
    next: "A tenant admin gives consent.",
  },
  tenantUnknown: {
    cause: "The tenant does not exist, or is not the one that consented.",
    next: "An admin of this hub starts the install again from the right tenant.",
  },
  tooBig: {
    cause: "The card is too big for Teams.",
    next: "It was sent as a short card with a link; whoever wrote the producer's text makes it shorter.",
  },
  rateLimited: {
    cause: "There are too many messages for Teams just now.",
    next: "Nothing to do: the hub goes on in order when Teams lets it.",
  },
  platformTrouble: {
    cause: "Teams has trouble on its side.",
    next: "Nothing to do: the hub tries again by itself.",
  },
  formRefused: {
    cause: "Teams refused the form of this card.",
    next: "It was sent as a short card with a link; whoever wrote the producer's text makes it shorter.",
  },
  callUnproven: {
    cause:
      "A call to the hub's Teams address did not prove that it comes from Microsoft for this app, so it had no effect.",
    next: "An admin compares app id and tenant with the Azure Bot's; the operator checks this machine's clock. Where neither is wrong, it was a stranger.",
  },
  workflowGone: {
    cause: "The workflow of {place} is gone or off, or its address changed; often its owner left.",
    next: "The channel's owner makes a new workflow and pastes its address, or installs the app.",
  },
} as const;
