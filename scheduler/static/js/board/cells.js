// What lies in the cells: drawn when a cell comes near the window, taken away when it is far, so that thousands of boxes cost nothing.
import { chip, sessionBox, shade, slotBox } from "./boxes.js";
import { setRowHeight } from "./frame.js";
import { leastWidth, stack } from "./layout.js";
import { cellKey } from "./model.js";
import { minuteOf } from "./words.js";

// Milliseconds of a frame that drawing may take.
const budget = 6;

export class Cells {
  // `marks` says of a thing which looks it has besides its own: changed, fits, refused (see Carrying).
  constructor(frame, marks) {
    Object.assign(this, { frame, marks, near: new Set(), waiting: new Set(), laid: new Map(), told: new Map() });
    this.observer = new IntersectionObserver((seen) => this.#noticed(seen), { root: frame.scroller, rootMargin: "200px 500px" });
  }

  // Lay out everything anew and draw what is near and has changed.
  show(model) {
    this.model = model;
    this.names = new Map(model.rows.map((row) => [row.id, row.name]));
    for (const row of model.rows) {
      let height = 0;
      for (const day of model.days) height = Math.max(height, this.#lay(cellKey(row.id, day)));
      setRowHeight(this.frame, row.id, height);
    }
    for (const cell of this.frame.cells.values()) this.observer.observe(cell);
    for (const key of this.near) this.#draw(key);
  }

  // Free places to drop on, from the answers of the server; none when nothing is carried.
  showSlots(slots) {
    this.slots = Map.groupBy(slots, (slot) => cellKey(slot.row, slot.start.slice(0, 10)));
    for (const key of this.near) this.#drawSlots(key);
  }

  mark() {
    for (const key of this.near) this.#mark(this.frame.cells.get(key));
  }

  // Make sure that a thing can be focused, even far outside the window.
  reveal(thing) {
    const key = cellKey(thing.row, thing.start.slice(0, 10));
    this.near.add(key);
    this.#draw(key);
    return this.find(thing.key);
  }

  find(key) {
    return this.frame.host.querySelector(`button[data-key="${CSS.escape(key)}"]`);
  }

  stop() {
    cancelAnimationFrame(this.frameAsked);
    this.observer.disconnect();
  }

  #lay(key) {
    const laid = stack(this.model.boxes.get(key) ?? [], this.frame);
    this.laid.set(key, laid.placed);
    return Math.max(laid.height, 48);
  }

  #noticed(seen) {
    for (const { target, isIntersecting } of seen) {
      const key = cellKey(target.dataset.row, target.dataset.day);
      if (isIntersecting) {
        this.near.add(key);
        this.waiting.add(key);
      } else if (!target.querySelector('[tabindex="0"]')) {
        this.near.delete(key);
        this.waiting.delete(key);
        this.told.delete(key);
        target.replaceChildren();
      }
    }
    this.#drawSome();
  }

  // A frame draws for a few milliseconds and leaves the rest to the next, so that scrolling never waits.
  #drawSome() {
    const until = performance.now() + budget;
    for (const key of this.waiting) {
      if (performance.now() > until) break;
      this.waiting.delete(key);
      this.#draw(key);
    }
    if (this.waiting.size) this.frameAsked ??= requestAnimationFrame(() => {
      this.frameAsked = null;
      this.#drawSome();
    });
  }

  #draw(key) {
    const cell = this.frame.cells.get(key);
    const laid = this.laid.get(key);
    if (!cell || !laid) return;
    const told = JSON.stringify([laid, this.model.shades.get(key), this.frame.hourWidth], (name, value) => (name === "inside" ? value?.id : value));
    if (this.told.get(key) === told) return;
    this.told.set(key, told);
    const held = cell.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const shades = (this.model.shades.get(key) ?? []).map((box) => this.#shade(box)).filter(Boolean);
    cell.replaceChildren(...shades, ...laid.map((box) => this.#box(box)));
    this.#drawSlots(key);
    this.#mark(cell);
    if (held) this.find(held)?.focus({ preventScroll: true });
  }

  #box(box) {
    const name = this.names.get(box.thing.row);
    const element = box.thing.kind === "session" ? sessionBox(box, name) : chip(box.thing, name);
    if (box.thing.kind !== "session") element.dataset.target = box.thing.key;
    element.classList.add("board-box");
    Object.assign(element.style, { insetInlineStart: `${box.left}px`, top: `${box.top}px`, inlineSize: `${box.width}px`, blockSize: `${box.height}px` });
    return element;
  }

  #shade({ thing, begin, end }) {
    const { opens, closes, hourWidth } = this.frame;
    const [from, until] = [Math.max(begin, opens), Math.min(end, closes)];
    if (until <= from) return null;
    return shade({ thing, left: ((from - opens) / 60) * hourWidth, width: ((until - from) / 60) * hourWidth });
  }

  #drawSlots(key) {
    const cell = this.frame.cells.get(key);
    for (const old of cell.querySelectorAll(".board-slot")) old.remove();
    for (const slot of this.slots?.get(key) ?? []) {
      const { opens, hourWidth } = this.frame;
      const element = slotBox(slot, this.names.get(slot.row));
      const width = Math.min(slot.width * (hourWidth / 60), leastWidth);
      Object.assign(element.style, { insetInlineStart: `${((minuteOf(slot.start) - opens) / 60) * hourWidth}px`, inlineSize: `${width}px` });
      cell.append(element);
    }
  }

  #mark(cell) {
    for (const element of cell.querySelectorAll("[data-key]")) this.marks(element, element.dataset.key);
    for (const element of cell.querySelectorAll("[data-target]")) this.marks(element, element.dataset.target);
  }
}
