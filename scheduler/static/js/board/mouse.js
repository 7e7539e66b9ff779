// Dragging by mouse, pen or finger: what is dragged floats under the pointer, and the place under it is asked for its verdict.
import { drop, isWhereItWas, targetOf } from "./drops.js";
import { wordsOfARow } from "./frame.js";
import { clock, offsetOf } from "./words.js";

const farEnough = 6;
const longPress = 400;
const edge = 48;
const snap = 15;

export function listenToMouse(board) {
  const drag = { board };
  const { place } = board;
  place.addEventListener("pointerdown", (event) => begin(drag, event));
  place.addEventListener("pointermove", (event) => drag.thing && event.pointerId === drag.pointer && move(drag, event));
  place.addEventListener("pointerup", (event) => event.pointerId === drag.pointer && finish(drag, event));
  place.addEventListener("pointercancel", (event) => event.pointerId === drag.pointer && giveUp(drag));
  place.addEventListener("touchmove", (event) => drag.ghost && event.preventDefault(), { passive: false });
  place.addEventListener("contextmenu", (event) => drag.ghost && event.preventDefault());
  place.addEventListener("click", (event) => drag.ended && event.stopImmediatePropagation(), { capture: true });
  document.addEventListener("keydown", (event) => event.key === "Escape" && drag.ghost && giveUp(drag));
}

function begin(drag, event) {
  drag.ended = false;
  const element = event.target.closest("button[data-key]");
  const thing = element && drag.board.model.things.get(element.dataset.key);
  if (event.button !== 0 || !thing?.movable || !drag.board.model.may_book || drag.ghost || drag.board.carrying.thing) return;
  Object.assign(drag, { thing, element, pointer: event.pointerId, x: event.clientX, y: event.clientY, from: [event.clientX, event.clientY] });
  if (event.pointerType !== "mouse") drag.timer = setTimeout(() => lift(drag), longPress);
}

function move(drag, event) {
  [drag.x, drag.y] = [event.clientX, event.clientY];
  const isFar = Math.hypot(drag.x - drag.from[0], drag.y - drag.from[1]) >= farEnough;
  if (!drag.ghost && isFar) {
    if (event.pointerType !== "mouse") return forget(drag);
    lift(drag);
  }
  if (drag.ghost) drag.frame ??= requestAnimationFrame(() => follow(drag));
}

// The copy under the pointer; the thing itself stays where it is until the server has said yes.
function lift(drag) {
  const { board, element, pointer } = drag;
  const { left, top, width, height } = element.getBoundingClientRect();
  drag.ghost = element.cloneNode(true);
  drag.ghost.removeAttribute("data-key");
  drag.ghost.removeAttribute("style");
  drag.ghost.classList.remove("board-box");
  drag.ghost.classList.add("board-ghost");
  Object.assign(drag.ghost.style, { inlineSize: `${width}px`, blockSize: `${height}px` });
  Object.assign(drag, { offset: [drag.from[0] - left, drag.from[1] - top], home: [left, top], over: null });
  board.place.append(drag.ghost);
  board.place.setPointerCapture(pointer);
  board.carrying.pickUp(drag.thing, "mouse");
  follow(drag);
}

// Once a frame: move the copy, look what is under it, scroll when near an edge.
function follow(drag) {
  drag.frame = null;
  if (!drag.ghost) return;
  const [x, y] = [drag.x - drag.offset[0], drag.y - drag.offset[1]];
  drag.ghost.style.transform = `translate3d(${x}px, ${y}px, 0)`;
  hover(drag, document.elementFromPoint(drag.x, drag.y));
  if (scroll(drag)) drag.frame = requestAnimationFrame(() => follow(drag));
}

function hover(drag, element) {
  const over = element?.closest("[data-target], .board-slot") ?? null;
  drag.cell = element?.closest(".board-cell") ?? null;
  if (over === drag.over && (over || drag.cell === drag.overCell)) return;
  drag.over?.classList.remove("is-over");
  over?.classList.add("is-over");
  [drag.over, drag.overCell] = [over, drag.cell];
  const thing = over && thingAt(drag, over);
  if (thing) drag.board.carrying.tellOf(thing);
}

function thingAt({ board }, element) {
  const key = element.dataset.target;
  return board.model.things.get(key) ?? board.carrying.slots.find((slot) => slot.key === key);
}

function scroll({ board, x, y }) {
  const { scroller } = board.frame;
  const { left, right, top, bottom } = scroller.getBoundingClientRect();
  if (x < left || x > right + edge || y > bottom + edge) return false;
  const near = (distance) => (distance < edge ? Math.ceil((edge - Math.max(distance, 0)) / 4) : 0);
  const [dx, dy] = [near(right - x) - near(x - left - wordsOfARow), y < top ? 0 : near(bottom - y) - near(y - top - 40)];
  if (dx || dy) scroller.scrollBy(dx, dy);
  return Boolean(dx || dy);
}

async function finish(drag, event) {
  if (!drag.ghost) return forget(drag);
  drag.ended = true;
  setTimeout(() => (drag.ended = false));
  [drag.x, drag.y] = [event.clientX, event.clientY];
  hover(drag, document.elementFromPoint(drag.x, drag.y));
  const { board, thing } = drag;
  const { seen } = board.carrying;
  const place = drag.over && thingAt(drag, drag.over);
  const target = place ? targetOf(place, thing) : freePlace(drag);
  board.carrying.putBack();
  drag.over?.classList.remove("is-over");
  if (isWhereItWas(target, thing)) return springBack(drag);
  drag.ghost.classList.add("is-asking");
  const done = await drop(board, { thing, seen, target });
  if (done) forget(drag);
  else springBack(drag);
}

// An empty place in a row: the quarter of an hour under the copy's beginning; in other rows than sites the hour stays.
function freePlace({ board, cell, x, offset, thing }) {
  if (!cell) return null;
  const { row, day } = cell.dataset;
  if (thing.start && !["sites", "delegations"].includes(board.model.rows_kind)) return { row, session: null, tour_code: null, start: thing.start };
  const { left, right } = cell.getBoundingClientRect();
  const across = document.documentElement.dir === "rtl" ? right - x - offset[0] : x - offset[0] - left;
  const minute = board.frame.opens + Math.round(((Math.max(across, 0) / board.frame.hourWidth) * 60) / snap) * snap;
  return { row, session: null, tour_code: thing.tour_code ?? null, start: `${day}T${clock(minute)}:00${offsetAt(board.model, day)}` };
}

function offsetAt({ sessions, items }, day) {
  return offsetOf((sessions.find((told) => told.start.startsWith(day)) ?? sessions[0] ?? items[0])?.start ?? "");
}

function springBack(drag) {
  const { ghost, home } = drag;
  drag.ghost = null;
  forget(drag);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  ghost.classList.remove("is-asking");
  const back = ghost.animate([{ transform: `translate3d(${home[0]}px, ${home[1]}px, 0)` }], { duration: calm ? 0 : 220, easing: "ease-out" });
  back.finished.finally(() => ghost.remove());
}

function giveUp(drag) {
  drag.board.carrying.putBack();
  if (drag.ghost) springBack(drag);
  else forget(drag);
}

function forget(drag) {
  clearTimeout(drag.timer);
  cancelAnimationFrame(drag.frame);
  drag.ghost?.remove();
  Object.assign(drag, { ghost: null, thing: null, pointer: null, frame: null, cell: null });
}
