// How things look: a session with its fill and its visits, a visit by colour, shape and word, a wish, a closure.
import { hourOf, say, spanInWords } from "./words.js";

const svg = "http://www.w3.org/2000/svg";
// States of engagements and duties, and the visit's state whose colour and shape they borrow.
const likeness = { planned: "confirmed", asked: "requested", accepted: "confirmed", refused: "declined", released: "expired" };
const pictures = new Map();

export function make(tag, look = "", words = "", values = {}) {
  const element = document.createElement(tag);
  if (look) element.className = look;
  if (words) element.textContent = words;
  return Object.assign(element, values);
}

export function icon(name, look = "") {
  if (!pictures.has(name)) {
    const use = document.createElementNS(svg, "use");
    use.setAttribute("href", `${document.getElementById("board").dataset.icons}#${name}`);
    const picture = document.createElementNS(svg, "svg");
    for (const [key, value] of Object.entries({ width: 20, height: 20, "aria-hidden": "true" })) picture.setAttribute(key, value);
    picture.append(use);
    pictures.set(name, picture);
  }
  const copy = pictures.get(name).cloneNode(true);
  copy.setAttribute("class", `icon icon-${name} ${look}`.trim());
  return copy;
}

// All there is to say of a thing: read after its name, and shown when the pointer rests on it.
export function labelOf(thing, rowName) {
  const when = spanInWords(thing);
  if (thing.kind === "session") return say("session_label", { name: thing.name, when, row: rowName, fill: thing.fill_text });
  if (thing.kind === "slot") return say("slot_label", { when, row: rowName });
  const values = { title: thing.title, state: thing.state_text, count: thing.headcount ?? "–", when, row: rowName, what: thing.what ?? "" };
  const label = say(thing.row === "tray" ? "wish_label" : "item_label", values);
  const clash = thing.clashing ? [say("clash")] : [];
  return [label, ...clash, ...(thing.notes ?? [])].join(". ");
}

// A session: when, what, how full in a bar and in words, and whoever is in it.
export function sessionBox({ thing, isClose, trueWidth, width, offset }, rowName) {
  const box = make("div", `board-session ${isClose ? "is-close" : ""}`);
  box.dataset.target = thing.key;
  const extent = make("span", "board-extent");
  extent.style.inlineSize = `${Math.min(trueWidth, width)}px`;
  extent.style.marginInlineStart = `${offset}px`;
  const head = button(thing, "board-head", rowName);
  head.append(line(hourOf(thing.start), thing.name), " ", fill(thing));
  box.append(extent, head, ...thing.visits.map((visit) => chip(visit, rowName)));
  return box;
}

// A visit, an engagement or a duty.
export function chip(thing, rowName) {
  const look = (likeness[thing.state] ?? thing.state).replaceAll("_", "-");
  const element = button(thing, `board-chip state-${look}`, rowName);
  if (thing.clashing) element.classList.add("is-clashing");
  if (thing.movable) element.classList.add("is-movable");
  const words = [thing.clashing ? say("clash") : "", thing.state_text, thing.inside ? "" : hourOf(thing.start), thing.headcount];
  const under = make("span", "board-under", words.filter(Boolean).join(" · "));
  element.append(icon(look === "engagement" ? "clock" : `state-${look}`), line("", thing.title, "board-title"), " ", under);
  if (thing.clashing) element.append(icon("clash", "board-clash"));
  return element;
}

// A wish or a hold that has no place yet.
export function wish(thing, rowName) {
  const isHold = thing.kind === "visit";
  const element = button(thing, `board-chip board-wish ${isHold ? "state-held" : "is-wish"} is-movable`, rowName);
  const under = [thing.state_text, thing.headcount, thing.priority ? say("priority", { priority: thing.priority }) : "", thing.what];
  element.append(icon(isHold ? "state-held" : "need"), line("", thing.title, "board-title"), " ");
  element.append(make("span", "board-under", under.filter(Boolean).join(" · ")));
  return element;
}

// Where one could drop while something is carried: a start that no session has taken yet.
export function slotBox(slot, rowName) {
  const element = button(slot, "board-slot", rowName);
  element.dataset.target = slot.key;
  element.append(make("span", "", hourOf(slot.start)));
  return element;
}

export function shade({ thing, left, width }) {
  const element = make("div", `board-shade is-${thing.kind.replaceAll("_", "-")}`, "", { title: thing.text });
  Object.assign(element.style, { insetInlineStart: `${left}px`, inlineSize: `${width}px` });
  if (thing.kind === "closed" && width > 60) element.append(make("span", "board-shade-words", thing.text));
  return element;
}

function button(thing, look, rowName) {
  const element = make("button", look, "", { type: "button", tabIndex: -1 });
  // Its name is what is written on it (WCAG 2.5.3); this says the rest, to the ear and to a resting pointer.
  element.title = labelOf(thing, rowName);
  element.dataset.key = thing.key;
  return element;
}

function line(hour, words, look = "") {
  const element = make("span", `board-line ${look}`);
  if (hour) element.append(make("b", "", hour), " ");
  element.append(make("bdi", "", words));
  return element;
}

// The bar's width is an attribute of the picture, as in the macro `fill` of the pages.
function fill({ places, taken, fill_text }) {
  const share = places ? Math.min(Math.round((100 * taken) / places), 100) : 100;
  const level = taken > places ? "over" : taken === places ? "full" : share >= 80 ? "near" : "free";
  const bar = document.createElementNS(svg, "svg");
  bar.setAttribute("class", "fill-bar");
  for (const [key, value] of Object.entries({ viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" })) bar.setAttribute(key, value);
  bar.append(strip("fill-all", 100), strip("fill-taken", share));
  const element = make("span", `board-fill fill-${level}`);
  element.append(bar, make("span", "fill-words", fill_text));
  return element;
}

function strip(look, width) {
  const rect = document.createElementNS(svg, "rect");
  for (const [key, value] of Object.entries({ class: look, width, height: 8 })) rect.setAttribute(key, value);
  return rect;
}
