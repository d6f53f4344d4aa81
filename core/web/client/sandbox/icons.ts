const paths = {
  activity:
    "M8 2.2a3.6 3.6 0 0 0-3.6 3.6c0 3.4-1.6 4.6-1.6 4.6h10.4s-1.6-1.2-1.6-4.6A3.6 3.6 0 0 0 8 2.2ZM6.8 13a1.3 1.3 0 0 0 2.4 0",
  alert: "M8 2.2 14.4 13.4H1.6L8 2.2ZM8 6.4v3.2M8 11.6v.1",
  arrow: "M3 8h10M9 4l4 4-4 4",
  ban: "M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2ZM4 4l8 8",
  bolt: "M9 1.8 3.5 9H8l-1 5.2L12.5 7H8l1-5.2Z",
  bookmark: "M4.5 2.5h7v11L8 10.8l-3.5 2.7v-11Z",
  calendar: "M3 4h10v9H3V4ZM3 7h10M5.5 2.2V5M10.5 2.2V5",
  chat: "M3 2.8h10a.8.8 0 0 1 .8.8v6.6a.8.8 0 0 1-.8.8H7l-3 2.4V11H3a.8.8 0 0 1-.8-.8V3.6A.8.8 0 0 1 3 2.8ZM5 5.8h6M5 8.2h4",
  check: "M3 8.6 6.4 12 13 4.6",
  chevron: "M4 6l4 4 4-4",
  clock: "M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2ZM8 4.8V8l2.2 1.6",
  copy: "M5.5 5.5h7a1 1 0 0 1 1 1v7h-8v-8ZM10.5 5.5v-3h-8v8h3",
  cross: "M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4",
  dash: "M4 8h8",
  eye: "M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8ZM8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6Z",
  forward: "M2.5 3.8v8.4L8 8 2.5 3.8ZM8 3.8v8.4L13.5 8 8 3.8Z",
  hash: "M6.6 2.4 5 13.6M11 2.4 9.4 13.6M2.8 5.8h10.8M2.4 10.2h10.8",
  home: "M2.5 7.5 8 2.8l5.5 4.7v6h-4v-3.6h-3v3.6h-4v-6Z",
  lock: "M3.8 7.2h8.4v6H3.8v-6ZM5.4 7.2V5.4a2.6 2.6 0 0 1 5.2 0v1.8",
  more: "M3.2 8h.1M8 8h.1M12.8 8h.1",
  open: "M9.5 2.5h4v4M13.5 2.5l-6 6M6.5 3.5h-3v9h9v-3",
  people:
    "M6 2.8a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1 0-4.6ZM1.8 13.2v-.7a3.2 3.2 0 0 1 3.2-3.2h2a3.2 3.2 0 0 1 3.2 3.2v.7M10.8 3a2.3 2.3 0 0 1 0 4.2M14.2 13.2v-.7a3.2 3.2 0 0 0-2.2-3",
  phone:
    "M4 2.5h2l1 3-1.5 1a7 7 0 0 0 4 4L10.5 9l3 1v2a1.5 1.5 0 0 1-1.5 1.500A9.5 9.5 0 0 1 2.5 4 1.5 1.5 0 0 1 4 2.500Z",
  plus: "M8 3v10M3 8h10",
  reply: "M6 3.5 2.5 7 6 10.500M2.5 7h7a4 4 0 0 1 4 4v2",
  retry:
    "M13 7A5.2 5.2 0 0 0 3.6 5.2L2.5 6.5M2.5 3v3.5H6M3 9a5.2 5.2 0 0 0 9.4 1.8l1.1-1.3M13.5 13V9.5H10",
  search: "M7 2.500a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM10.3 10.3 13.5 13.5",
  send: "M13.8 2.2 2.2 6.6l4.6 2.6 2.6 4.6 4.4-11.6ZM13.8 2.2l-7 7",
  trash:
    "M3 4.500h10M6.5 4.500V2.800h3v1.700M4.2 4.500l.6 8.700h6.400l.6-8.700M6.7 7v3.800M9.3 7v3.8",
  write: "M9.6 3.6l2.8 2.8-6.6 6.6-3.4.6.6-3.4 6.6-6.6Z",
} as const;

/** The names of all drawings of this page. */
export type IconName = keyof typeof paths;

const space = "http://www.w3.org/2000/svg";
const bold: readonly IconName[] = ["check", "cross", "more"];

/** Draw a sign. Screen readers skip it. */
export function drawIcon(name: IconName): SVGElement {
  const drawing = document.createElementNS(space, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("viewBox", "0 0 16 16");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  const stroke = {
    d: paths[name],
    fill: "none",
    stroke: "currentColor",
    "stroke-width": bold.includes(name) ? "2" : "1.4",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  };
  for (const [attribute, value] of Object.entries(stroke)) path.setAttribute(attribute, value);
  drawing.append(path);
  return drawing;
}
