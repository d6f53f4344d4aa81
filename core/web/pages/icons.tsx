const paths = {
  alert: "M8 2.2 14.4 13.4H1.6L8 2.2ZM8 6.4v3.2M8 11.6v.1",
  approvals: "M13.2 8v4.2a1 1 0 0 1-1 1H3.8a1 1 0 0 1-1-1V3.8a1 1 0 0 1 1-1h6M5.8 7.6 8 9.8l5.6-6",
  arrowRight: "M3 8h10M9 4l4 4-4 4",
  back: "M6 3.5 2.5 7 6 10.5M2.5 7h7a4 4 0 0 1 0 8H8",
  ban: "M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2ZM4 4l8 8",
  bell: "M8 2.2a3.6 3.6 0 0 0-3.6 3.6c0 3.4-1.6 4.6-1.6 4.6h10.4s-1.6-1.2-1.6-4.6A3.6 3.6 0 0 0 8 2.2ZM6.8 13a1.3 1.3 0 0 0 2.4 0",
  bolt: "M9 1.8 3.5 9H8l-1 5.2L12.5 7H8l1-5.2Z",
  book: "M4 2.5h8a1 1 0 0 1 1 1v10H4.5A1.5 1.5 0 0 1 3 12V3.5a1 1 0 0 1 1-1ZM3 12a1.5 1.5 0 0 1 1.5-1.5H13M6 5.5h4",
  bookmark: "M4.5 2.5h7v11L8 10.8l-3.5 2.7v-11Z",
  building:
    "M3 13.5v-11h6.5v11M9.5 6h3.500v7.500M1.5 13.500h13M5.3 5.200h1.900M5.3 8h1.900M5.3 10.800h1.9",
  calendar: "M3 4h10v9H3V4ZM3 7h10M5.5 2.2V5M10.5 2.2V5",
  callback: "M2.5 8h8M7.5 4.5 11 8l-3.5 3.5M13.5 3v10",
  chat: "M8 2.5a5.6 5.6 0 1 1-2.7 10.5L2.5 13.5l.7-2.6A5.6 5.6 0 0 1 8 2.5Z",
  check: "M3 8.6 6.4 12 13 4.6",
  chevron: "M4 6l4 4 4-4",
  circle: "M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3Z",
  clock: "M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2ZM8 4.8V8l2.2 1.6",
  columns: "M2.5 3h11v10h-11V3ZM8 3v10",
  copies:
    "M3 2.8h10a.8.8 0 0 1 .8.8v6.6a.8.8 0 0 1-.8.8H7l-3 2.4V11H3a.8.8 0 0 1-.8-.8V3.6A.8.8 0 0 1 3 2.8ZM5 5.8h6M5 8.2h4",
  copy: "M5.5 5.5h7a1 1 0 0 1 1 1v7h-8v-8ZM10.5 5.5v-3h-8v8h3",
  cross: "M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4",
  dash: "M4 8h8",
  edit: "M9.6 3.6l2.8 2.8-6.6 6.6-3.4.6.6-3.4 6.6-6.6Z",
  events: "M1.5 8.5H4l2-6 3.6 11 2-5h2.9",
  external: "M9.5 2.5h4v4M13.5 2.5l-6 6M6.5 3.5h-3v9h9v-3",
  forward: "M2.5 3.8v8.4L8 8 2.5 3.8ZM8 3.8v8.4L13.5 8 8 3.8Z",
  hash: "M6.6 2.4 5 13.6M11 2.4 9.4 13.6M2.8 5.8h10.8M2.4 10.2h10.8",
  home: "M2.5 7.5 8 2.8l5.5 4.7v6h-4V9.9h-3v3.6h-4v-6Z",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  lock: "M3.8 7.2h8.4v6H3.8v-6ZM5.4 7.2V5.4a2.6 2.6 0 0 1 5.2 0v1.8",
  more: "M3.2 8h.1M8 8h.1M12.8 8h.1",
  overview:
    "M2.5 2.5h4.500v5.500h-4.500ZM9 2.500h4.500v3h-4.500ZM9 8h4.500v5.500h-4.500ZM2.5 10.500h4.500v3h-4.500Z",
  people:
    "M6 2.8a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1 0-4.6ZM1.8 13.2v-.7a3.2 3.2 0 0 1 3.2-3.2h2a3.2 3.2 0 0 1 3.2 3.2v.7M10.8 3a2.3 2.3 0 0 1 0 4.2M14.2 13.2v-.7a3.2 3.2 0 0 0-2.2-3",
  phone:
    "M3.5 2.5h2.3l1 3-1.5 1.1a7 7 0 0 0 4.1 4.1l1.1-1.5 3 1v2.3a1 1 0 0 1-1 1A10 10 0 0 1 2.5 3.5a1 1 0 0 1 1-1Z",
  plug: "M5.5 2v3.200M10.5 2v3.200M3.8 5.200h8.400v2.300a4.2 4.2 0 0 1-8.4 0ZM8 11.700v2.500M2.2 13.8 13.8 2.2",
  plus: "M8 3v10M3 8h10",
  retry:
    "M13 7A5.2 5.2 0 0 0 3.6 5.2L2.5 6.5M2.5 3v3.5H6M3 9a5.2 5.2 0 0 0 9.4 1.8l1.1-1.3M13.5 13V9.5H10",
  routing: "M8 13.5V9.2L3 4.5M8 9.2l5-4.7M3 7.5v-3h3M10 4.5h3v3",
  search: "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM10.3 10.3l3.2 3.2",
  send: "M13.8 2.2 2.2 6.6l4.6 2.6 2.6 4.6 4.4-11.6ZM13.8 2.2l-7 7",
  settings:
    "M2.5 4.800h6M12 4.800h1.500M2.5 11.2h1.500M7.5 11.2h6M8.5 4.800a1.750 1.750 0 1 0 3.500 0a1.750 1.750 0 1 0-3.500 0M4 11.2a1.750 1.750 0 1 0 3.500 0a1.750 1.750 0 1 0-3.500 0",
  signOut: "M6.5 2.5h-4v11h4M6 8h7.5M10.5 5l3 3-3 3",
  trash: "M3 4.5h10M6.5 4.5V2.8h3v1.7M4.2 4.5l.6 8.7h6.4l.6-8.7M6.7 7v3.8M9.3 7v3.8",
} as const;

/** The names of all drawings. */
export type IconName = keyof typeof paths | "dot";

/** Draw a small sign. It is never alone: a word stands beside it, so screen readers skip the drawing. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      class={name === "dot" ? "icon icon-dot" : "icon"}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      {name === "dot" ? (
        <circle cx="8" cy="8" r="8" fill="currentColor" />
      ) : (
        <path
          d={paths[name]}
          fill="none"
          stroke="currentColor"
          stroke-width={name === "check" || name === "cross" ? 2 : 1.4}
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      )}
    </svg>
  );
}

/** Draw the mark of Countersign: a tick over a line. */
export function Mark() {
  return <img class="mark" src="/assets/logo.svg" width="24" height="24" alt="" />;
}
