// The frame from Event Calendar: rows, days and hours across, scrolling, the present moment. What lies in its cells is ours.
import { clock, dayInWords, offsetOf } from "./words.js";
import { icon, make } from "./boxes.js";
import { cellKey } from "./model.js";

// The narrowest a day may be, in pixels, by view; a wide screen gives more.
const narrowest = { day: 810, week: 170, weeks: 170 };
export const wordsOfARow = 176;

// Makes the frame in `host`. `cells` holds, by row and day, the element that lies in the cell.
export function startFrame(host, model, view) {
  const frame = { host, cells: new Map(), labels: new Map(), ...scaleOf(host, model, view) };
  for (const row of model.rows) labelFor(frame, row);
  frame.calendar = window.EventCalendar.create(host, options(frame, model));
  frame.scroller = host.querySelector(".ec-main");
  forgetTableRoles(host);
  return frame;
}

export function stopFrame(frame) {
  window.EventCalendar.destroy(frame.calendar);
}

function options(frame, model) {
  const nothing = { start: "", center: "", end: "" };
  return {
    view: "board",
    views: { board: { type: "resourceTimelineWeek", duration: { days: model.days.length } } },
    date: model.from,
    timeZone: offsetOf(model.sessions[0]?.start ?? model.items[0]?.start ?? "") || "local",
    locale: document.documentElement.lang || "en",
    headerToolbar: nothing,
    resources: model.rows.map((row) => ({ id: row.id, title: row.name, extendedProps: row })),
    slotMinTime: clock(model.opens),
    slotMaxTime: clock(model.closes),
    slotDuration: "01:00",
    slotWidth: frame.hourWidth,
    slotLabelInterval: { hours: [1, 2, 3, 6, 12].find((hours) => hours * frame.hourWidth >= 40) ?? 12 },
    slotLabelFormat: (time) => String(time.getHours()).padStart(2, "0"),
    dayHeaderFormat: (date) => dayInWords(isoDay(date)),
    scrollTime: clock(model.opens),
    nowIndicator: true,
    resourceLabelContent: ({ resource }) => ({ domNodes: [labelFor(frame, resource.extendedProps)] }),
    dayCellContent: ({ date, resource }) => ({ domNodes: [cellFor(frame, resource.id, isoDay(date))] }),
  };
}

// How wide an hour is drawn: the whole period fits where it can, and scrolls where it cannot.
function scaleOf(host, model, view) {
  const hours = (model.closes - model.opens) / 60;
  const room = (host.clientWidth - wordsOfARow - 20) / model.days.length;
  const hourWidth = Math.floor((100 * Math.max(room, narrowest[view] ?? narrowest.week)) / hours) / 100;
  return { hourWidth, isClose: view !== "day", opens: model.opens, closes: model.closes };
}

function cellFor(frame, row, day) {
  const key = cellKey(row, day);
  if (!frame.cells.has(key)) {
    const cell = make("div", "board-cell");
    Object.assign(cell.dataset, { row, day });
    frame.cells.set(key, cell);
  }
  return frame.cells.get(key);
}

function labelFor(frame, row) {
  if (!frame.labels.has(row.id)) {
    const label = make("div", "board-row-words", "", { title: [row.name, row.detail].filter(Boolean).join("\n") });
    const name = row.href ? make("a", "", "", { href: row.href }) : make("span");
    name.append(make("bdi", "", row.name));
    label.append(name);
    name.title = row.name;
    if (row.detail) label.append(make("small", "", row.detail, { title: row.detail }));
    if (row.clashing) label.append(icon("clash"));
    frame.labels.set(row.id, label);
  }
  return frame.labels.get(row.id);
}

export function setRowHeight(frame, row, height) {
  const label = frame.labels.get(row);
  if (label) label.style.minBlockSize = `${height}px`;
}

const isoDay = (date) => [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0")).join("-");

// The frame calls itself a table but is not built like one; the board's own items tell a screen reader where they are.
const OF_TABLES = ["role", "aria-colindex", "aria-colspan", "aria-rowindex", "aria-rowspan", "aria-colcount", "aria-rowcount"];

function forgetTableRoles(host) {
  for (const name of OF_TABLES) {
    for (const element of host.querySelectorAll(`[${name}]`)) element.removeAttribute(name);
  }
}
