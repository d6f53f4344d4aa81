import { nothingToDo, type TroubleRow } from "./trouble.ts";

const gone = "The result was posted as a new message; nobody has to do anything.";

/** Teams' codes and its login's (FEATURES §6.3), each with what it means and who does what. */
export const teamsTroubles: readonly TroubleRow[] = [
  [
    ["BotNotInConversationRoster", "not_in_channel"],
    "The app is not in the team or chat of {place}.",
    "A team owner adds the app; what waits is sent then.",
  ],
  [
    ["BotDisabledByAdmin"],
    "The Teams admin of this tenant blocks the app.",
    "The Teams admin allows it in the admin centre.",
  ],
  [
    ["ConversationBlockedByUser", "MessageWritesBlocked"],
    "{place} blocked or removed the app.",
    "The person adds the app again, or a router of this hub picks a channel.",
  ],
  [
    ["ForbiddenOperationException", "NotEnoughPermissions"],
    "The app may not do this in {place}.",
    "A router of this hub picks a standard channel, or the team owner allows it.",
  ],
  [
    ["InvalidBotApiHost"],
    "The service address that was stored for {place} is not the tenant's.",
    "Nothing to do: it is corrected with the next activity. If this stays, a team owner adds the app anew.",
  ],
  [
    ["app_uninstalled"],
    "Every team of {place} has removed the app.",
    "A team owner adds it again; it connects by itself, and what waits is sent then.",
  ],
  [
    ["ConversationNotFound", "channel_not_found"],
    "{place} was deleted.",
    "A router of this hub picks another channel.",
  ],
  [
    ["is_archived"],
    "The team of {place} is archived.",
    "A team owner restores it, or a router of this hub picks another channel.",
  ],
  [
    ["service_host_not_allowed"],
    "Teams named a service address for {place} that this hub may not call.",
    "The operator compares it with TEAMS_SERVICE_HOSTS.",
  ],
  [["ActivityNotFoundInConversation"], "The old message in {place} was deleted.", gone],
  [
    ["BotNotRegistered", "AADSTS700016", "AADSTS7000229"],
    "The app id is not known in the tenant that was asked.",
    "An admin checks app id and tenant under Workspaces, Teams app; new bots are single tenant.",
  ],
  [
    ["AADSTS7000215", "AADSTS7000222"],
    "The bot's client secret is wrong or has run out.",
    "An admin makes a new secret in Azure and saves it under Workspaces, Teams app; what waits is sent then.",
  ],
  [
    ["AADSTS65001", "Authorization_RequestDenied"],
    "Consent for a permission is missing.",
    "A tenant admin gives consent.",
  ],
  [
    ["AADSTS90002"],
    "The tenant does not exist, or is not the one that consented.",
    "An admin of this hub starts the install again from the right tenant.",
  ],
  [
    ["MessageSizeTooBig"],
    "The card is too big for Teams.",
    "It was sent as a short card with a link; whoever wrote the producer's text makes it shorter.",
  ],
  [
    ["Throttled"],
    "There are too many messages for Teams just now.",
    "Nothing to do: the hub goes on in order when Teams lets it.",
  ],
  [["PreconditionFailed", "ServiceError"], "Teams has trouble on its side.", nothingToDo],
  [
    ["BadArgument", "BadSyntax"],
    "Teams refused the form of this card.",
    "It was sent as a short card with a link; whoever wrote the producer's text makes it shorter.",
  ],
  [
    [
      ...["token_missing", "token_unreadable", "token_algorithm", "token_issuer"],
      ...["token_without_expiry", "token_invalid", "token_rejected", "channel_foreign"],
    ],
    "A call to the hub's Teams address did not prove that it comes from Microsoft for this app, so it had no effect.",
    "An admin compares app id and tenant with the Azure Bot's; the operator checks this machine's clock. Where neither is wrong, it was a stranger.",
  ],
  [
    ["WorkflowNotFound", "WorkflowTriggerIsNotEnabled"],
    "The workflow of {place} is gone or off, or its address changed; often its owner left.",
    "The channel's owner makes a new workflow and pastes its address, or installs the app.",
  ],
];
