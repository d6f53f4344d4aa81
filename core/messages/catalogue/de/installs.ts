import type { Catalogue } from "../../catalogue.ts";

const startAgain = "Beginnen Sie noch einmal; es dauert eine Minute.";
const nothing = "Verbunden wurde nichts.";
const slackCode = "Slack nahm den Code der Installation nicht an";
const wrongAddress = "Die Rücksprungadresse ist falsch";

/** What a person reads where a workspace was not connected, in German. */
export const installs: Catalogue["installs"] = {
  states: {
    state_unknown: {
      title: "Diese Installation begann nicht hier",
      detail: `Die Adresse, die Sie hierher brachte, nennt keine Installation, die dieser Hub begonnen hat. ${nothing}`,
      hint: "Kürzt ein Proxy Adressen oder lässt er weg, was nach dem Fragezeichen steht, so lassen Sie ihn /slack/oauth_redirect und /teams/consent/callback ganz durch. Beginnen Sie dann noch einmal.",
    },
    state_used: {
      title: "Diese Installation ist schon abgeschlossen",
      detail:
        "Jede Installation kommt einmal zurück, und diese kam schon. Neu laden oder ein zweiter Tab bringt sie noch einmal. Geändert wurde nichts.",
      hint: "Sehen Sie unter Workspaces nach, ob er verbunden ist; sonst beginnen Sie noch einmal.",
    },
    state_expired: {
      title: "Diese Installation dauerte zu lange",
      detail: `Zwischen Beginn und Rückkehr liegen mehr als zehn Minuten. ${nothing}`,
      hint: startAgain,
    },
    state_foreign: {
      title: "Diese Installation gehört zu einer anderen Sitzung",
      detail: `Jemand anders oder ein anderer Browser hat sie begonnen, und nur dort lässt sie sich abschließen. ${nothing}`,
      hint: "Beginnen Sie in diesem Browser noch einmal.",
    },
  },
  codes: {
    slack: {
      invalid_code: {
        title: slackCode,
        detail: `Der Code, der von der Seite von Slack zurückkam, ist falsch oder zu alt (invalid_code). ${nothing}`,
        hint: startAgain,
      },
      code_already_used: {
        title: slackCode,
        detail: `Der Code, der von der Seite von Slack zurückkam, wurde schon benutzt (code_already_used). ${nothing}`,
        hint: startAgain,
      },
      bad_redirect_uri: {
        title: wrongAddress,
        detail: `Die Slack-App nennt die Rücksprungadresse dieses Hubs nicht (bad_redirect_uri). ${nothing}`,
        hint: "Vergleichen Sie die Redirect URLs der App mit `countersign manifest slack`, und PUBLIC_URL mit der Adresse, die Sie benutzen. Beginnen Sie dann noch einmal.",
      },
      invalid_client_id: {
        title: "Die Client ID ist falsch",
        detail: `Slack kennt keine App mit der Client ID, die hier eingestellt ist (invalid_client_id). ${nothing}`,
        hint: "Kopieren Sie die Client ID noch einmal aus Basic Information der Slack-App. Beginnen Sie dann noch einmal.",
      },
      bad_client_secret: {
        title: "Das Client Secret ist falsch",
        detail: `Das Client Secret, das hier eingestellt ist, gehört nicht zu dieser App (bad_client_secret). ${nothing}`,
        hint: "Kopieren Sie das Client Secret noch einmal aus Basic Information der Slack-App. Beginnen Sie dann noch einmal.",
      },
      invalid_team_for_non_distributed_app: {
        title: "Die Slack-App gehört zu einem anderen Workspace",
        detail: `Die App darf nur dort installiert werden, wo sie angelegt wurde (invalid_team_for_non_distributed_app). ${nothing}`,
        hint: "Wählen Sie den Workspace der App, oder schalten Sie in Slack ihre Verteilung ein. Beginnen Sie dann noch einmal.",
      },
    },
    teams: {
      consent_missing: {
        title: "Microsoft sagte nicht, dass zugestimmt wurde",
        detail: `Der Rückweg kam ohne admin_consent=True (consent_missing). ${nothing}`,
        hint: startAgain,
      },
      AADSTS50011: {
        title: wrongAddress,
        detail: `Die App-Registrierung nennt die Rücksprungadresse dieses Hubs nicht (AADSTS50011). ${nothing}`,
        hint: "Tragen Sie die Adresse des Hubs mit /teams/consent/callback am Ende unter Authentication, Web, Redirect URIs ein. Beginnen Sie dann noch einmal.",
      },
      AADSTS90094: {
        title: "Nur ein Admin des Tenants kann zustimmen",
        detail: `Das benutzte Konto ist dort kein Admin (AADSTS90094). ${nothing}`,
        hint: "Lassen Sie einen Global Administrator oder einen Application Administrator die Zustimmungsseite öffnen. Beginnen Sie dann noch einmal.",
      },
    },
  },
  otherTenant: {
    title: "Dieser Tenant ist nicht zugelassen",
    detail: (tenant) =>
      `Der Tenant ${tenant || "ohne Namen"} ist weder der des Bots (TEAMS_TENANT_ID) noch einer, den der Betreiber genannt hat (TEAMS_ALLOWED_TENANTS). ${nothing}`,
    hint: "Melden Sie sich mit einem Admin eines zugelassenen Tenants an, oder lassen Sie diesen in TEAMS_ALLOWED_TENANTS eintragen. Beginnen Sie dann noch einmal.",
  },
  notAllowed: {
    title: "Dieser Workspace ist nicht zugelassen",
    detail: (workspace) =>
      `${workspace} gehört nicht zu den Workspaces, die der Betreiber dieses Hubs zulässt. ${nothing}`,
    hint: "Wählen Sie einen anderen Workspace, oder lassen Sie seine ID in SLACK_ALLOWED_TEAMS eintragen.",
  },
  other: {
    title: "Ein anderer Workspace hat geantwortet",
    detail: (wanted, came) =>
      `Sie wollten ${wanted} verbinden, und ein Admin von ${came} hat geantwortet. ${nothing}`,
    hint: (wanted) =>
      `Melden Sie sich mit einem Admin von ${wanted} an, oder beginnen Sie für den anderen neu: jeder hat einen eigenen Knopf.`,
  },
  taken: {
    title: "Dieser Workspace gehört zu einer anderen Organisation",
    detail:
      "Er ist mit einer anderen Organisation dieses Hubs verbunden und kann es nur mit einer sein. Geändert wurde nichts.",
    hint: "Lassen Sie ihn zuerst dort trennen.",
  },
  unreached: {
    title: (platform) => `${platform} wurde nicht erreicht`,
    detail: (platform, code) =>
      `${platform} gab beim Abschluss der Installation keine Antwort, die dieser Hub lesen kann (${code}). ${nothing}`,
    hint: "Sehen Sie nach, ob der Hub es aus seinem Netz erreichen darf. Beginnen Sie dann noch einmal.",
  },
  refused: {
    title: (platform) => `${platform} lehnte die Installation ab`,
    known: (cause, code) => `${cause} (${code}) ${nothing}`,
    unknown: (code) => `Dort heißt es: ${code}. ${nothing}`,
    hint: "Fragen Sie einen Admin des Workspaces, ob sie freigegeben werden muss. Beginnen Sie dann noch einmal.",
    place: "den Workspace",
  },
  cancelled: {
    title: "Sie haben die Installation abgebrochen",
    detail: (platform) => `Verbunden wurde nichts, und ${platform} hat nichts gewährt.`,
    hint: "Verlangt der Workspace die Freigabe durch einen Admin, so muss ein Admin auf „Allow“ drücken.",
  },
};
