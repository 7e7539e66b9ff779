// What is picked up at the moment, by mouse or by keyboard, and what the server says of every place it could go to.
import { ask, withValue } from "./server.js";
import { labelOf } from "./boxes.js";
import { minuteOf, say } from "./words.js";

const kept = "board-carried";
const keptFor = 10 * 60_000;

export class Carrying {
  constructor(board) {
    Object.assign(this, { board, rows: new Set(), thing: null, answers: new Map(), otherwise: [], slots: [] });
  }

  // Take something up; the version seen now goes with it, so that a stale drop is noticed.
  async pickUp(thing, how) {
    if (!thing.movable || !this.board.model.may_book) {
      this.board.toasts.show(say(this.board.model.may_book ? "not_movable" : "may_not_book", thing));
      return false;
    }
    Object.assign(this, { thing, how, seen: thing.version ?? null, answers: new Map(), otherwise: [], slots: [] });
    this.board.place.classList.add("is-carrying");
    this.board.bar.carry(say("picked_up", { title: thing.title, count: thing.headcount ?? "" }), say("asking"));
    this.board.mark();
    await this.askAgain();
    return true;
  }

  // Ask what would work for what is carried; also after others have changed something.
  async askAgain() {
    const { thing } = this;
    const told = await ask(withValue(this.board.place.dataset.answers, "item", thing.id)).catch(() => null);
    if (this.thing !== thing) return;
    if (!told) return this.board.bar.tell(say("answers_failed"));
    this.otherwise = told.otherwise ?? [];
    this.#sort(this.#inOwnRow(told));
    this.board.cells.showSlots(this.slots);
    this.board.mark();
    const works = told.answers.filter((answer) => answer.would_work).length;
    this.board.bar.tell(say(this.how === "keyboard" ? "places_by_key" : "places_by_mouse", { count: works }));
  }

  putBack() {
    if (!this.thing) return;
    Object.assign(this, { thing: null, answers: new Map(), otherwise: [], slots: [] });
    sessionStorage.removeItem(kept);
    this.board.place.classList.remove("is-carrying");
    this.board.bar.clear();
    this.board.cells?.showSlots([]);
    this.board.mark();
  }

  // What the server said of the place under the pointer or the focus, in words.
  verdictIn(thing) {
    const answer = this.answers.get((thing.inside ?? thing).key);
    if (!answer) return this.#isRefusedUnasked(thing.row) ? [say("would_refuse"), ...this.otherwise].join(" ") : say("not_asked");
    if (!answer.would_work) return [say("would_refuse"), ...answer.reasons].join(" ");
    return [say(answer.cautions?.length ? "would_ask" : "would_work"), ...(answer.cautions ?? [])].join(" ");
  }

  tellOf(thing) {
    this.board.bar.tell(`${labelOf(thing, this.board.rowName(thing.row))} ${this.verdictIn(thing)}`, this.answers.get((thing.inside ?? thing).key));
  }

  // The looks of a place while something is carried.
  looks(key) {
    if (!this.thing || !(this.answers.size || this.otherwise.length)) return {};
    const answer = this.answers.get(key);
    const isRefused = answer ? !answer.would_work : this.#isRefusedUnasked(key.split(" ")[0]);
    return {
      "would-work": answer?.would_work && !answer.cautions?.length,
      "would-ask": answer?.would_work && answer.cautions?.length > 0,
      "would-refuse": isRefused,
      "is-aside": !answer && !isRefused,
    };
  }

  // Keep what is carried while another week is loaded.
  keep() {
    if (this.thing) sessionStorage.setItem(kept, JSON.stringify({ thing: { ...this.thing, inside: null }, seen: this.seen, at: Date.now() }));
  }

  async resume() {
    const told = JSON.parse(sessionStorage.getItem(kept) ?? "null");
    sessionStorage.removeItem(kept);
    if (!told || Date.now() - told.at > keptFor) return;
    const { version, ...thing } = told.thing;
    await this.pickUp({ ...thing, version: told.seen ?? version ?? null }, "keyboard");
  }

  // What the server did not list, in a row it spoke of, it refuses; of other rows nothing is known yet.
  #isRefusedUnasked(row) {
    return this.otherwise.length > 0 && this.rows.has(row);
  }

  // In rows of delegations only the own row takes a thing: every start of its tour is a place there.
  #inOwnRow({ answers, row }) {
    if (this.board.model.rows_kind !== "delegations") return answers;
    const alike = answers.filter((answer) => !this.thing.tour_code || answer.tour_code === this.thing.tour_code);
    return alike.map((answer) => ({ ...answer, row, of: answer.session, session: null }));
  }

  #sort(answers) {
    this.answers = new Map();
    this.rows = new Set(answers.map((answer) => answer.row));
    const free = answers.filter((answer) => !answer.session);
    for (const answer of answers) if (answer.session) this.answers.set(`${answer.row} ${answer.session}`, answer);
    this.slots = free.sort((a, b) => (a.start < b.start ? -1 : 1)).map((answer, n) => {
      const key = `${answer.row} slot:${answer.start}`;
      this.answers.set(key, answer);
      const next = free.slice(n + 1).find((other) => other.row === answer.row && other.start > answer.start);
      const length = minuteOf(answer.end) - minuteOf(answer.start);
      const gap = next ? (Date.parse(next.start) - Date.parse(answer.start)) / 60_000 : length;
      return { key, kind: "slot", row: answer.row, start: answer.start, end: answer.end, tour_code: answer.tour_code, session: answer.of ?? null, width: Math.min(gap, length) };
    });
  }
}
