// How Teams draws cards, as a host config of Microsoft's renderer. Colours are names of chat-teams.css, so that light
// and dark follow the reader's system without drawing a card again.

const tone = (name: string) => ({
  default: `var(--teams-${name})`,
  subtle: `var(--teams-${name})`,
});

const inks = (text: string) => ({
  default: { default: `var(--teams-${text})`, subtle: "var(--teams-small)" },
  dark: tone("text"),
  light: tone("text"),
  accent: tone("link"),
  attention: tone("bad"),
  good: tone("good"),
  warning: tone("warn"),
});

const ground = (name: string, text = "text") => ({
  backgroundColor: `var(--teams-${name})`,
  foregroundColors: inks(text),
});

const sizes = { small: 12, default: 14, medium: 14, large: 17, extraLarge: 22 };

const fontType = (fontFamily: string) => ({
  fontFamily,
  fontSizes: sizes,
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
});

/** Sizes and spaces as Teams on the web has them. */
export const teamsLook = {
  supportsInteractivity: true,
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 12 },
  separator: { lineThickness: 1, lineColor: "var(--teams-line)" },
  fontTypes: {
    default: fontType('"Segoe UI", system-ui, -apple-system, sans-serif'),
    monospace: fontType("ui-monospace, Consolas, monospace"),
  },
  lineHeights: { small: 16, default: 21, medium: 21, large: 24, extraLarge: 28 },
  containerStyles: {
    default: ground("card"),
    emphasis: ground("emphasis"),
    accent: ground("accent-ground", "accent-text"),
    good: ground("good-ground", "good"),
    attention: ground("bad-ground", "bad"),
    warning: ground("warn-ground", "warn"),
  },
  actions: {
    maxActions: 6,
    spacing: "default",
    buttonSpacing: 8,
    actionsOrientation: "horizontal",
    actionAlignment: "left",
    showCard: { actionMode: "inline", inlineTopMargin: 12, style: "emphasis" },
    preExpandSingleShowCardAction: false,
  },
  inputs: {
    label: {
      inputSpacing: "small",
      requiredInputs: { weight: "bolder", suffix: " *", suffixColor: "attention" },
      optionalInputs: { weight: "bolder" },
    },
    errorMessage: { color: "attention", size: "small", spacing: "small", weight: "default" },
  },
  factSet: {
    title: { color: "default", size: "default", weight: "bolder", wrap: true, maxWidth: 160 },
    value: { color: "default", size: "default", weight: "default", wrap: true },
    spacing: 12,
  },
  textStyles: { heading: { size: "large", weight: "bolder", color: "default" } },
  textBlock: { headingLevel: 4 },
} as const;
