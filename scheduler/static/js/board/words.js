// The board's sentences in the reader's language, and days and hours as they are told on it.
const sentences = JSON.parse(document.getElementById("board-words")?.textContent ?? "{}");
const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang || "en-GB";
const month = language.startsWith("ko") ? "numeric" : "short";
const dayFormat = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month, timeZone: "UTC" });
const minutesOfADay = 24 * 60;

// A sentence of the server's, its %(name)s filled in.
export function say(key, values = {}) {
  return (sentences[key] ?? key).replace(/%\((\w+)\)[sd]/g, (hole, name) => values[name] ?? hole);
}

// Instants come on the board's own clock, as 2026-12-14T10:00:00+09:00: what the wall says is read off, never computed.
export const dayOf = (instant) => instant.slice(0, 10);
export const hourOf = (instant) => instant.slice(11, 16);
export const minuteOf = (instant) => 60 * Number(instant.slice(11, 13)) + Number(instant.slice(14, 16));
export const offsetOf = (instant) => instant.match(/([+-]\d\d:\d\d|Z)$/)?.[0] ?? "";

// Mon 14 Dec; in Korean 12. 14.(월)
export function dayInWords(day) {
  return dayFormat.format(new Date(`${day}T00:00:00Z`)).replace(",", "").replace(" (", "(");
}

// Mon 14 Dec, 10:00–11:00; a thing that ends on another day names that day too.
export function spanInWords({ start, end }) {
  if (!start) return "";
  const till = dayOf(end) === dayOf(start) ? hourOf(end) : `${dayInWords(dayOf(end))}, ${hourOf(end)}`;
  return `${dayInWords(dayOf(start))}, ${hourOf(start)}–${till}`;
}

// The days of a period, each as 2026-12-14.
export function daysFrom(first, count) {
  const start = Date.parse(`${first}T00:00:00Z`);
  return Array.from({ length: count }, (_, n) => new Date(start + n * minutesOfADay * 60_000).toISOString().slice(0, 10));
}

// A minute of the day as 09:30.
export function clock(minute) {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");
}
