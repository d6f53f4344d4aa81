const startAgain = "Start again; it takes a minute.";

/** What a person reads where a workspace was not connected, in English: what came, which part is wrong, what to do. */
export const installs = {
  /** What is said of the way back itself. */
  states: {
    state_unknown: {
      title: "This install was not begun here",
      detail:
        "The address that brought you here names no install that this hub began. Nothing was connected.",
      hint: "If a proxy shortens addresses or drops what follows the question mark, let it pass /slack/oauth_redirect and /teams/consent/callback whole. Then start again.",
    },
    state_used: {
      title: "This install was finished already",
      detail:
        "Each install comes back once, and this one has. Reloading the page, or a second tab, brings it again. Nothing was changed.",
      hint: "See under Workspaces whether it is connected; else start again.",
    },
    state_expired: {
      title: "This install took too long",
      detail:
        "More than ten minutes lie between its beginning and its way back. Nothing was connected.",
      hint: startAgain,
    },
    state_foreign: {
      title: "This install belongs to another session",
      detail:
        "It was begun by another person or in another browser, and only there it can be finished. Nothing was connected.",
      hint: "Start again in this browser.",
    },
  },
  /** The platforms' codes at an install, each with the part that is wrong. */
  codes: {
    slack: {
      invalid_code: {
        title: "Slack did not take the install's code",
        detail:
          "The code that came back from Slack's page is wrong or too old (invalid_code). Nothing was connected.",
        hint: startAgain,
      },
      code_already_used: {
        title: "Slack did not take the install's code",
        detail:
          "The code that came back from Slack's page was used before (code_already_used). Nothing was connected.",
        hint: startAgain,
      },
      bad_redirect_uri: {
        title: "The redirect address is wrong",
        detail:
          "The Slack app does not list this hub's redirect address (bad_redirect_uri). Nothing was connected.",
        hint: "Compare the app's redirect URLs with `countersign manifest slack`, and PUBLIC_URL with the address that you use. Then start again.",
      },
      invalid_client_id: {
        title: "The client id is wrong",
        detail:
          "Slack knows no app with the client id that is set here (invalid_client_id). Nothing was connected.",
        hint: "Copy the Client ID from the Slack app's Basic Information once more. Then start again.",
      },
      bad_client_secret: {
        title: "The client secret is wrong",
        detail:
          "The client secret that is set here is not the one of this app (bad_client_secret). Nothing was connected.",
        hint: "Copy the Client Secret from the Slack app's Basic Information once more. Then start again.",
      },
      invalid_team_for_non_distributed_app: {
        title: "The Slack app belongs to another workspace",
        detail:
          "The app may be installed only where it was made (invalid_team_for_non_distributed_app). Nothing was connected.",
        hint: "Choose the workspace of the app, or switch its distribution on in Slack. Then start again.",
      },
    },
    teams: {
      consent_missing: {
        title: "Microsoft did not say that consent was given",
        detail:
          "The way back came without admin_consent=True (consent_missing). Nothing was connected.",
        hint: startAgain,
      },
      AADSTS50011: {
        title: "The redirect address is wrong",
        detail:
          "The app registration does not list this hub's redirect address (AADSTS50011). Nothing was connected.",
        hint: "Add the hub's address with /teams/consent/callback at its end under Authentication, Web, Redirect URIs. Then start again.",
      },
      AADSTS90094: {
        title: "Only an admin of the tenant can consent",
        detail: "The account that was used is no admin there (AADSTS90094). Nothing was connected.",
        hint: "Have a Global Administrator or an Application Administrator open the consent page. Then start again.",
      },
    },
  },
  otherTenant: {
    title: "This tenant is not allowed",
    detail: (tenant: string) =>
      `The tenant ${tenant || "that was not named"} is neither the one of this hub's bot (TEAMS_TENANT_ID) nor one that the operator has named (TEAMS_ALLOWED_TENANTS). Nothing was connected.`,
    hint: "Sign in with an admin of an allowed tenant, or have this one added to TEAMS_ALLOWED_TENANTS. Then start again.",
  },
  notAllowed: {
    title: "This workspace is not allowed",
    detail: (workspace: string) =>
      `${workspace} is not among the workspaces that the operator of this hub allows. Nothing was connected.`,
    hint: "Choose another workspace, or have its id added to SLACK_ALLOWED_TEAMS.",
  },
  other: {
    title: "Another workspace answered",
    detail: (wanted: string, came: string) =>
      `You left to connect ${wanted}, and an admin of ${came} answered. Nothing was connected.`,
    hint: (wanted: string) =>
      `Sign in with an admin of ${wanted}, or begin again for the other one: each has a button of its own.`,
  },
  taken: {
    title: "This workspace belongs to another organization",
    detail:
      "It is connected to another organization of this hub, and can be connected to one alone. Nothing was changed.",
    hint: "Have it disconnected there first.",
  },
  unreached: {
    title: (platform: string) => `${platform} was not reached`,
    detail: (platform: string, code: string) =>
      `${platform} gave no answer that this hub can read while it finished the install (${code}). Nothing was connected.`,
    hint: "See that the hub may reach it from its network. Then start again.",
  },
  refused: {
    title: (platform: string) => `${platform} refused the install`,
    known: (cause: string, code: string) => `${cause} (${code}) Nothing was connected.`,
    unknown: (code: string) => `It says: ${code}. Nothing was connected.`,
    hint: "Ask an admin of the workspace whether it needs approval. Then start again.",
    place: "the workspace",
  },
  cancelled: {
    title: "You cancelled the install",
    detail: (platform: string) => `Nothing was connected, and ${platform} has granted nothing.`,
    hint: "If the workspace asks for an admin's approval, an admin has to press Allow.",
  },
} as const;
