// The board: made from what the server tells, kept up to date, and put together from its parts.
import { Bar } from "./bar.js";
import { Carrying } from "./carrying.js";
import { Cells } from "./cells.js";
import { changed, watch } from "./changes.js";
import { make } from "./boxes.js";
import { startFrame, stopFrame } from "./frame.js";
import { Focus } from "./focus.js";
import { listenForPanels } from "./panel.js";
import { listenToKeys } from "./keys.js";
import { listenToMouse } from "./mouse.js";
import { arrange } from "./model.js";
import { ask } from "./server.js";
import { Toasts } from "./toasts.js";
import { Tray } from "./tray.js";
import { say } from "./words.js";

const wideEnough = matchMedia("(min-width: 40rem)");
const shownFor = 6000;
const looks = ["would-work", "would-ask", "would-refuse", "is-aside"];

class Board {
  constructor(place) {
    this.place = place;
    this.changed = new Set();
    this.times = 0;
    place.setAttribute("role", "application");
    place.setAttribute("aria-label", say("board"));
    this.hint = make("p", "board-hint soft", say("hint"), { id: "board-hint" });
    place.setAttribute("aria-describedby", this.hint.id);
    this.tray = new Tray(this);
    this.host = make("div", "board-frame");
    place.append(this.host, this.hint);
    this.bar = new Bar(place);
    this.toasts = new Toasts(place);
    this.carrying = new Carrying(this);
  }

  async start() {
    this.model = arrange(await ask(this.place.dataset.data));
    this.focus = new Focus(this);
    this.#show();
    performance.mark("board-shown");
    listenForPanels(this);
    listenToMouse(this);
    listenToKeys(this);
    watch(this);
    new ResizeObserver(() => this.#fit()).observe(this.host);
    await this.carrying.resume();
  }

  // Fetch and draw anew; what has the focus keeps it, what is carried stays carried.
  async reload({ byOthers = false } = {}) {
    const turn = ++this.times;
    const told = await ask(this.place.dataset.data);
    if (turn !== this.times) return;
    const old = this.model;
    this.model = arrange(told);
    if (byOthers) this.#tellChanges(changed(old, this.model));
    this.#show();
    if (byOthers && this.carrying.thing) await this.carrying.askAgain();
  }

  elementOf(thing) {
    return this.find(thing.key) ?? (thing.row === "tray" ? null : this.cells?.reveal(thing));
  }

  find(key) {
    return key && (this.tray.find(key) ?? this.cells?.find(key));
  }

  rowName(row) {
    return row === "tray" ? this.model.trayName : (this.model.rows.find((told) => told.id === row)?.name ?? "");
  }

  mark() {
    this.tray.mark(this.marks);
    this.cells?.mark();
  }

  // Every look that a thing has besides its own.
  marks = (element, key) => {
    const carried = this.carrying.looks(key);
    if (element.dataset.target === key) for (const look of looks) element.classList.toggle(look, Boolean(carried[look]));
    if (element.dataset.key !== key) return;
    const stop = key === this.focus.key ? 0 : -1;
    if (element.tabIndex !== stop) element.tabIndex = stop;
    element.classList.toggle("is-changed", this.changed.has(key));
    element.classList.toggle("is-carried", this.carrying.thing?.id === key.split(" ")[1]);
  };

  #show() {
    this.tray.show(this.model);
    const shape = JSON.stringify([this.model.rows, this.model.from, this.model.days, this.model.opens, this.model.closes]);
    if (shape !== this.shape) this.#build(shape);
    this.cells.show(this.model);
    this.focus.settle();
  }

  #build(shape) {
    const [across, down] = [this.frame?.scroller?.scrollLeft, this.frame?.scroller?.scrollTop];
    this.cells?.stop();
    if (this.frame) stopFrame(this.frame);
    this.host.replaceChildren();
    this.frame = startFrame(this.host, this.model, this.place.dataset.view);
    this.cells = new Cells(this.frame, this.marks);
    this.shape = shape;
    this.width = this.host.clientWidth;
    if (down) requestAnimationFrame(() => this.frame.scroller.scrollTo(across, down));
  }

  #fit() {
    if (this.carrying.thing || Math.abs(this.host.clientWidth - this.width) < 24) return;
    this.shape = null;
    this.#show();
  }

  #tellChanges(things) {
    if (!things.length) return;
    for (const { key } of things) this.changed.add(key);
    if (!this.carrying.thing) this.bar.tell(say("changed_by_others", { count: things.length, first: things[0].title }));
    setTimeout(() => {
      for (const { key } of things) this.changed.delete(key);
      if (!this.carrying.thing) this.bar.clear();
      this.mark();
    }, shownFor);
  }
}

// A narrow window shows the list's address instead; turned or widened, it becomes the board.
function begin() {
  const place = document.getElementById("board");
  if (!place || place.dataset.started) return;
  if (!wideEnough.matches) {
    place.replaceChildren(make("p", "board-narrow", say("narrow")), make("a", "button board-narrow", say("open_list"), { href: place.dataset.list }));
    return;
  }
  place.dataset.started = "yes";
  place.replaceChildren();
  new Board(place).start().catch(() => place.prepend(make("p", "message tone-error", say("failed"))));
}

wideEnough.addEventListener("change", begin);
begin();
