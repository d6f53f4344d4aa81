import type { EventTypeDefinition } from "../../domain/event-type.ts";
import {
  count,
  day,
  dayText,
  listText,
  members,
  number,
  sampledAt,
  text,
  texts,
  time,
  timeText,
  yesNo,
} from "../shapes.ts";

/** Devices, licences and papers of the inventory. */
export const equipment: readonly EventTypeDefinition[] = [
  {
    name: "hardware_assigned",
    version: 1,
    about: "A device gets a user",
    level: "info",
    schema: members({ asset_tag: text, assignee: text }, { model: text, assigned_by: text }),
    sample: {
      ...{ time: sampledAt, subject: "asset/LT-0457", link: "/assets/LT-0457" },
      data: {
        asset_tag: "LT-0457",
        model: "Lindqvist L14",
        assignee: "Tomás Vega",
        assigned_by: "Priya Nair",
      },
    },
    texts: {
      title: "{{ data.asset_tag }} now belongs to {{ data.assignee }}",
      facts: [
        { label: "Device", value: "{{ data.asset_tag }}" },
        { label: "Model", value: "{{ data.model }}" },
        { label: "User", value: "{{ data.assignee }}" },
        { label: "Assigned by", value: "{{ data.assigned_by }}" },
      ],
    },
    approval: { kind: "no" },
  },
  {
    name: "warranty_expiring",
    version: 1,
    about: "The warranty of a device ends soon",
    level: "warning",
    schema: members({ asset_tag: text, warranty_ends: day }, { model: text, days_left: number }),
    sample: {
      ...{ time: sampledAt, subject: "asset/SRV-0012", link: "/assets/SRV-0012" },
      data: {
        asset_tag: "SRV-0012",
        model: "Northrack 2U",
        warranty_ends: "2026-03-23",
        days_left: 21,
      },
    },
    texts: {
      title: "Warranty of {{ data.asset_tag }} ends soon",
      facts: [
        { label: "Device", value: "{{ data.asset_tag }}" },
        { label: "Model", value: "{{ data.model }}" },
        { label: "Warranty ends", value: dayText("data.warranty_ends") },
        { label: "Days left", value: "{{ data.days_left }}" },
      ],
      colour: "#9A6700",
    },
    approval: { kind: "no" },
  },
  {
    name: "license_expiring",
    version: 1,
    about: "A software licence ends soon",
    level: "warning",
    schema: members(
      { product: text, expires_on: day },
      { seats: count, days_left: number, owner: text },
    ),
    sample: {
      ...{ time: sampledAt, subject: "license/atlas-draw", link: "/licenses/atlas-draw" },
      data: {
        product: "Atlas Draw Studio",
        seats: 40,
        expires_on: "2026-03-16",
        days_left: 14,
        owner: "Design",
      },
    },
    texts: {
      title: "Licence of {{ data.product }} ends soon",
      facts: [
        { label: "Product", value: "{{ data.product }}" },
        { label: "Seats", value: "{{ data.seats }}" },
        { label: "Ends", value: dayText("data.expires_on") },
        { label: "Days left", value: "{{ data.days_left }}" },
        { label: "Owner", value: "{{ data.owner }}" },
      ],
      colour: "#9A6700",
    },
    approval: { kind: "no" },
  },
  {
    name: "license_renewal_due",
    version: 1,
    about: "A software licence has to be renewed soon",
    level: "warning",
    schema: members(
      { product: text, renewal_on: day },
      { seats: count, cost: number, currency: text, vendor: text },
    ),
    sample: {
      ...{ time: sampledAt, subject: "license/tide-crm", link: "/licenses/tide-crm" },
      data: {
        product: "Tide CRM",
        seats: 25,
        renewal_on: "2026-04-01",
        cost: 8400,
        currency: "EUR",
        vendor: "Tidewater Software",
      },
    },
    texts: {
      title: "Renew {{ data.product }}",
      facts: [
        { label: "Product", value: "{{ data.product }}", bound: true },
        { label: "Seats", value: "{{ data.seats }}", bound: true },
        { label: "Cost", value: "{{ data.cost }} {{ data.currency }}", bound: true },
        { label: "Renewal on", value: dayText("data.renewal_on") },
        { label: "Vendor", value: "{{ data.vendor }}" },
      ],
      buttons: { approve: "Renew", reject: "Let it end" },
      colour: "#9A6700",
    },
    approval: { kind: "may" },
  },
  {
    name: "transfer_agreement_issued",
    version: 1,
    about: "A paper is made out by which equipment goes from one person to another",
    level: "notice",
    schema: members({ agreement_no: text, to_person: text }, { from_person: text, assets: texts }),
    sample: {
      ...{ time: sampledAt, subject: "transfer/TA-118", link: "/transfers/TA-118" },
      data: {
        agreement_no: "TA-118",
        from_person: "Tomás Vega",
        to_person: "Aiko Mori",
        assets: ["LT-0457", "DOCK-0031"],
      },
    },
    texts: {
      title: "Transfer {{ data.agreement_no }} to {{ data.to_person }}",
      facts: [
        { label: "Agreement", value: "{{ data.agreement_no }}" },
        { label: "From", value: "{{ data.from_person }}", bound: true },
        { label: "To", value: "{{ data.to_person }}", bound: true },
        { label: "Equipment", value: listText("data.assets"), bound: true },
      ],
      buttons: { approve: "Hand over", reject: "Keep" },
    },
    approval: { kind: "may" },
  },
  {
    name: "pool_checkout_due",
    version: 1,
    about: "A lent device has to come back",
    level: "notice",
    schema: members({ asset_tag: text, borrower: text, due_at: time }, { overdue: yesNo }),
    sample: {
      ...{ time: sampledAt, subject: "pool/CAM-07", link: "/pool/CAM-07" },
      data: {
        asset_tag: "CAM-07",
        borrower: "Oskar Lind",
        due_at: "2026-03-03T17:00:00Z",
        overdue: false,
      },
    },
    texts: {
      title:
        "{{ data.asset_tag }} {% if data.overdue %}should be back already{% else %}is due back{% endif %}",
      facts: [
        { label: "Device", value: "{{ data.asset_tag }}" },
        { label: "Borrowed by", value: "{{ data.borrower }}" },
        { label: "Due", value: timeText("data.due_at") },
      ],
    },
    approval: { kind: "no" },
  },
];
