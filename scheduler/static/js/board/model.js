// What the server last told, arranged for drawing: things by their key, by the cell (row and day) they lie in, and in order of time.
import { dayOf, daysFrom, minuteOf, say } from "./words.js";

const wholeDay = 24 * 60;
const usualHours = [9 * 60, 18 * 60];

export const cellKey = (row, day) => `${row} ${day}`;

// A thing may stand in several rows (two guides of one visit), so its key names the row too.
const keyOf = (thing) => `${thing.row} ${thing.id}`;

export function arrange(data) {
  const days = daysFrom(data.from, data.days);
  const model = { ...data, days, things: new Map(), boxes: new Map(), shades: new Map(), lines: new Map() };
  model.rows = data.rows;
  model.trayName = say("tray");
  const sessions = data.sessions.map((told) => add(model, { ...told, kind: "session", visits: [] }));
  const items = data.items.map((told) => add(model, { kind: "visit", ...told }));
  model.wishes = data.tray.map((told) => add(model, { movable: true, ...told, row: "tray", kind: told.id.split(":")[0] }));
  seat(items, sessions, model);
  for (const thing of [...sessions, ...items.filter((item) => !item.inside)]) layIn(model.boxes, thing, model);
  for (const shade of data.backgrounds) layIn(model.shades, shade, model);
  [model.opens, model.closes] = hoursOf([...sessions, ...items]);
  line(model, [...sessions, ...items]);
  return model;
}

function add(model, thing) {
  thing.key = keyOf(thing);
  model.things.set(thing.key, thing);
  return thing;
}

// A visit sits in the session that the server names, or in the only one of its row that starts and ends with it.
function seat(items, sessions, model) {
  const bySpan = Map.groupBy(sessions, (told) => `${told.row} ${told.start} ${told.end}`);
  for (const item of items) {
    const named = item.session && model.things.get(`${item.row} ${item.session}`);
    const alike = item.kind === "visit" && item.session === undefined ? bySpan.get(`${item.row} ${item.start} ${item.end}`) : null;
    item.inside = named || (alike?.length === 1 ? alike[0] : null);
    item.inside?.visits.push(item);
  }
}

// One box a day that the thing touches, in minutes of that day.
function layIn(cells, thing, { days, from }) {
  const last = days.at(-1);
  for (const day of daysTouched(thing, from, last)) {
    const begin = dayOf(thing.start) < day ? 0 : minuteOf(thing.start);
    const end = dayOf(thing.end) > day ? wholeDay : minuteOf(thing.end);
    const key = cellKey(thing.row, day);
    if (!cells.has(key)) cells.set(key, []);
    if (end > begin) cells.get(key).push({ thing, begin, end });
  }
}

function daysTouched({ start, end }, first, last) {
  const [begin, until] = [dayOf(start), dayOf(end)];
  if (begin === until) return begin >= first && begin <= last ? [begin] : [];
  const length = Math.round((Date.parse(until) - Date.parse(begin)) / 86_400_000) + 1;
  return daysFrom(begin, length).filter((day) => day >= first && day <= last);
}

// From the full hour before the first thing to the full hour after the last, and never less than an office day.
function hoursOf(things) {
  const [begins, ends] = [usualHours.slice(0, 1), usualHours.slice(1)];
  for (const { start, end } of things) {
    begins.push(minuteOf(start));
    ends.push(dayOf(end) > dayOf(start) ? wholeDay : minuteOf(end));
  }
  return [Math.floor(least(begins) / 60) * 60, Math.min(Math.ceil(-least(ends.map((end) => -end)) / 60) * 60, wholeDay)];
}

const least = (numbers) => numbers.reduce((smallest, number) => Math.min(smallest, number));

// The order in which the arrows pass: by time, a session before the visits in it.
function line(model, things) {
  const place = (thing) => `${(thing.inside ?? thing).start} ${(thing.inside ?? thing).id} ${thing.inside ? 1 : 0}`;
  const sorted = things.map((thing) => [place(thing), thing]).sort(([a], [b]) => (a < b ? -1 : 1));
  model.lines.set("tray", model.wishes);
  for (const row of model.rows) model.lines.set(row.id, []);
  for (const [, thing] of sorted) model.lines.get(thing.row)?.push(thing);
}
