import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type InvokeResponse,
  type TurnContext,
} from "botbuilder";
import type { TeamsSettings } from "../core/ports/platform-settings.ts";
import type { Credentials } from "./outbound/credentials.ts";
import { wire } from "./outbound/wire.ts";

/**
 * botbuilder's adapter with one door more: `receive` authenticates and runs a turn as `process` does, but gives errors
 * to the caller, where `process` prints them and answers 500 to a wrong signature (PLATFORMS 2.3).
 *
 * It has no `onTurnError`: with one, a failed proactive send would look like success (PLATFORMS 2.5 a).
 */
export class TeamsBot extends CloudAdapter {
  receive(
    authorization: string,
    activity: Activity,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authorization, activity, turn);
  }
}

/**
 * Build the bot of a single-tenant Azure Bot.
 *
 * All addresses of the parameterised form are given: with some left out botbuilder would leave them undefined. Tokens
 * of people (`OAuthUrl`) and of the emulator are not used; both lead to what the settings name.
 */
export function createBot(settings: TeamsSettings, credentials: Credentials): TeamsBot {
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: settings.appId,
      MicrosoftAppType: "SingleTenant",
      MicrosoftAppTenantId: settings.tenantId,
      ValidateAuthority: true,
      ToChannelFromBotLoginUrl: `${settings.loginUrl}/${settings.tenantId}`,
      ToChannelFromBotOAuthScope: "https://api.botframework.com",
      ToBotFromChannelTokenIssuer: settings.tokenIssuer,
      ToBotFromChannelOpenIdMetadataUrl: settings.openIdMetadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: settings.openIdMetadataUrl,
      OAuthUrl: settings.loginUrl,
      CallerId: "urn:botframework:azure",
    },
    credentials,
    undefined,
    undefined,
    { httpClient: wire },
  );
  return new TeamsBot(authentication);
}
