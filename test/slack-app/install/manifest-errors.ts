/**
 * What Slack says about manifests (docs.slack.dev/reference/app-manifest), as far as ours has such parts: which fields
 * there are, which are needed, and how long they may be. No other field is allowed anywhere.
 */
type Rule =
  | {
      readonly kind: "text";
      readonly least?: number;
      readonly most: number;
      readonly like?: RegExp;
    }
  | { readonly kind: "switch" }
  | { readonly kind: "number"; readonly oneOf: readonly number[] }
  | { readonly kind: "list"; readonly most: number; readonly of: Rule }
  | {
      readonly kind: "group";
      readonly needs: readonly string[];
      readonly fields: Readonly<Record<string, Rule>>;
    };

const text = (
  most: number,
  more: { readonly least?: number; readonly like?: RegExp } = {},
): Rule => ({
  ...{ kind: "text", most },
  ...more,
});
const onOff: Rule = { kind: "switch" };
const list = (most: number, of: Rule): Rule => ({ kind: "list", most, of });
const group = (fields: Readonly<Record<string, Rule>>, ...needs: readonly string[]): Rule => ({
  ...{ kind: "group", needs, fields },
});
const address = text(3_000, { like: /^https:\/\/\S+$/ });
const scopes = list(255, text(100, { like: /^[a-z.]+(:[a-z.]+)+$|^commands$/ }));

const manifest = group(
  {
    _metadata: group({
      major_version: { kind: "number", oneOf: [1, 2] },
      minor_version: { kind: "number", oneOf: [0, 1] },
    }),
    display_information: group(
      {
        name: text(35, { least: 1 }),
        description: text(140),
        long_description: text(4_000, { least: 175 }),
        background_color: text(7, { like: /^#([\da-f]{3}|[\da-f]{6})$/i }),
      },
      "name",
    ),
    features: group({
      app_home: group({
        home_tab_enabled: onOff,
        messages_tab_enabled: onOff,
        messages_tab_read_only_enabled: onOff,
      }),
      bot_user: group(
        { display_name: text(80, { least: 1, like: /^[a-z0-9._-]+$/ }), always_online: onOff },
        "display_name",
      ),
    }),
    oauth_config: group({
      redirect_urls: list(1_000, address),
      scopes: group({ bot: scopes, bot_optional: scopes }),
    }),
    settings: group({
      event_subscriptions: group({
        request_url: address,
        bot_events: list(100, text(100, { like: /^[a-z_]+$/ })),
      }),
      interactivity: group({ is_enabled: onOff, request_url: address }, "is_enabled"),
      org_deploy_enabled: onOff,
      socket_mode_enabled: onOff,
      token_rotation_enabled: onOff,
    }),
  },
  "display_information",
);

/** Say what Slack would not take, each with its place. */
export const manifestErrors = (value: unknown): readonly string[] => check(value, manifest, "");

function check(value: unknown, rule: Rule, place: string): readonly string[] {
  switch (rule.kind) {
    case "switch":
      return typeof value === "boolean" ? [] : [`${place}: true or false`];
    case "number":
      return rule.oneOf.some((one) => one === value) ? [] : [`${place}: one of ${rule.oneOf}`];
    case "text":
      return checkText(value, rule, place);
    case "list":
      if (!Array.isArray(value) || value.length > rule.most) return [`${place}: a list`];
      return value.flatMap((one, at) => check(one, rule.of, `${place}/${at}`));
    case "group":
      return checkGroup(value, rule, place);
  }
}

function checkText(
  value: unknown,
  { least = 0, most, like }: Extract<Rule, { kind: "text" }>,
  place: string,
): readonly string[] {
  if (typeof value !== "string") return [`${place}: a text`];
  if (value.length < least || value.length > most) return [`${place}: ${least} to ${most} signs`];
  return like && !like.test(value) ? [`${place}: like ${like}`] : [];
}

function checkGroup(
  value: unknown,
  { needs, fields }: Extract<Rule, { kind: "group" }>,
  place: string,
): readonly string[] {
  if (typeof value !== "object" || value === null) return [`${place}: a group`];
  const given = Object.entries(value);
  const missing = needs.filter((name) => !Object.hasOwn(value, name));
  return [
    ...missing.map((name) => `${place}/${name}: is missing`),
    ...given.flatMap(([name, part]) => {
      const rule = fields[name];
      return rule ? check(part, rule, `${place}/${name}`) : [`${place}/${name}: is not known`];
    }),
  ];
}
