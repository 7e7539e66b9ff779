// Where one is on the board: a single tab stop, from which the arrows lead to everything else.
const rtl = () => document.documentElement.dir === "rtl";

export class Focus {
  constructor(board) {
    this.board = board;
    this.key = null;
    board.place.addEventListener("focusin", (event) => {
      const key = event.target.closest("button[data-key]")?.dataset.key;
      if (key) this.#become(key);
    });
  }

  get thing() {
    return this.#thingOf(this.key);
  }

  // The things of a row in the order of time, with the free places to drop on while something is carried.
  line(row) {
    const slots = this.board.carrying.slots.filter((slot) => slot.row === row);
    const things = this.board.model.lines.get(row) ?? [];
    if (!slots.length) return things;
    const begin = (thing) => (thing.inside ?? thing).start;
    return [...things, ...slots].sort((a, b) => (begin(a) < begin(b) ? -1 : begin(a) > begin(b) ? 1 : 0));
  }

  along(step) {
    const { thing } = this;
    if (!thing) return this.start();
    const line = this.line(thing.row);
    this.go(line[line.indexOf(thing) + (rtl() ? -step : step)]);
  }

  // To the thing nearest in time, in the next row that has any.
  across(step) {
    const { thing } = this;
    if (!thing) return this.start();
    const rows = ["tray", ...this.board.model.rows.map((row) => row.id)];
    const beyond = step > 0 ? rows.slice(rows.indexOf(thing.row) + 1) : rows.slice(0, rows.indexOf(thing.row)).reverse();
    const row = beyond.find((other) => this.line(other).length);
    if (row) this.go(this.#nearest(this.line(row)), true);
  }

  toEnd(step, everywhere) {
    const rows = ["tray", ...this.board.model.rows.map((row) => row.id)].filter((row) => this.line(row).length);
    const row = everywhere ? rows.at(step > 0 ? -1 : 0) : (this.thing?.row ?? rows[0]);
    if (row) this.go(this.line(row).at(step > 0 ? -1 : 0));
  }

  // The next place (or the one before) of which the server said that it would work.
  toWorking(step) {
    const all = this.board.model.rows.flatMap((row) => this.line(row.id));
    const works = all.filter((thing) => this.board.carrying.answers.get(thing.key)?.would_work);
    const here = all.indexOf(this.thing?.inside ?? this.thing);
    const next = step > 0 ? works.find((thing) => all.indexOf(thing) > here) : works.findLast((thing) => all.indexOf(thing) < here);
    this.go(next ?? works.at(step > 0 ? 0 : -1));
  }

  start() {
    for (const row of [...this.board.model.rows.map((told) => told.id), "tray"]) {
      if (this.line(row).length) return this.go(this.#nearest(this.line(row)));
    }
    this.board.host.focus();
  }

  go(thing, keepsHour = false) {
    if (!thing) return;
    const element = this.board.elementOf(thing);
    if (!element) return;
    if (!keepsHour && thing.start) this.hour = (thing.inside ?? thing).start;
    this.#become(thing.key);
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (this.board.carrying.thing) this.board.carrying.tellOf(thing);
  }

  // Back to where one was, after a dialog.
  back() {
    if (this.thing) this.board.elementOf(this.thing)?.focus({ preventScroll: true });
  }

  // To a thing that has moved, wherever it is now; else to what it was before.
  follow(...ids) {
    for (const id of ids) {
      for (const thing of this.board.model.things.values()) if (thing.id === id) return this.go(thing);
    }
    this.settle();
  }

  // After new data: stay where one was, or as near as can be, without taking the focus from elsewhere.
  settle() {
    if (this.key && !this.thing) {
      const [row, id] = this.key.split(" ");
      const moved = [...this.board.model.things.values()].find((thing) => thing.id === id);
      this.key = (moved ?? this.#nearest(this.line(row)))?.key ?? null;
    }
    if (!this.key) this.key = (this.board.model.rows.flatMap((row) => this.line(row.id))[0] ?? this.board.model.wishes[0])?.key ?? null;
    if (this.thing) this.board.elementOf(this.thing);
    // An empty board is a stop of its own, from which one can go on to another week.
    if (this.key) this.board.host.removeAttribute("tabindex");
    else this.board.host.tabIndex = 0;
    this.board.mark();
  }

  #become(key) {
    if (this.key === key) return;
    const [old, now] = [this.key, key].map((other) => this.board.find(other));
    if (old) old.tabIndex = -1;
    if (now) now.tabIndex = 0;
    this.key = key;
  }

  #thingOf(key) {
    return this.board.model.things.get(key) ?? this.board.carrying.slots.find((slot) => slot.key === key) ?? null;
  }

  #nearest(line) {
    const hour = Date.parse(this.hour ?? `${this.board.model.from}T00:00:00Z`);
    const away = (thing) => (thing.start ? Math.abs(Date.parse((thing.inside ?? thing).start) - hour) : 0);
    return line.reduce((best, thing) => (best && away(best) <= away(thing) ? best : thing), null);
  }
}
