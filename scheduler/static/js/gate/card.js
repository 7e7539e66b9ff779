// The live card of one visit on the roster: they are here, so many, photographs, a note; what was not recorded.
import { say, saySoManyCame } from "./words.js";

const most = 5000;
// A thumb that taps twice must not hit, by its second tap, the button that came near the first one.
const settles = 2000;

export class Card {
  // `place` is the element that the server left on the line; `tell` takes a tap.
  constructor(place, tell) {
    const { visit, headcount, arrived, photographs, note, startsAt } = place.dataset;
    Object.assign(this, { place, tell, visit: Number(visit), headcount: Number(headcount), startsAt });
    this.now = { count: arrived === "" ? null : Number(arrived), photographs, note };
    this.row = place.closest("tr");
    place.append(document.getElementById("gate-card").content.cloneNode(true));
    this.#name(`${place.dataset.time}, ${place.dataset.name}`);
    place.addEventListener("click", (event) => this.#clicked(event));
    this.row.classList.add("has-gate");
    this.#find("textarea").value = note;
    this.show();
  }

  // What was tapped before and still waits stands on the card as it was tapped.
  take({ said, count, photographs, note }) {
    if (said === "arrived" || said === "count") this.now.count = count;
    if (said === "undo") this.now.count = null;
    if (said === "photographs") this.now.photographs = photographs;
    if (said === "note") this.now.note = this.#find("textarea").value = note;
    this.show();
  }

  // The office's answer.
  stands({ state, state_text, arrived, photographs, note }) {
    this.now = { count: arrived, photographs, note };
    const badge = this.row.querySelector(".roster-state .badge");
    const look = `state-${state.replaceAll("_", "-")}`;
    badge.className = `badge ${look}`;
    badge.lastElementChild.textContent = state_text;
    const picture = badge.querySelector("use");
    picture.setAttribute("href", picture.getAttribute("href").replace(/#.*/, `#${look}`));
    const cell = this.row.querySelector(".roster-arrived");
    if (arrived !== null || !cell.firstElementChild) cell.textContent = arrived ?? "–";
    this.show();
  }

  // What the office would not record, in its words; `value` is what stands there instead, if it says so.
  complain(words, { field, value } = {}) {
    if (field === "arrived_count") this.now.count = value;
    if (field === "photographs") this.now.photographs = value;
    if (field === "gate_note") this.now.note = value;
    const said = this.#find(".gate-said");
    said.querySelector("span").textContent = words || say("refused");
    said.hidden = false;
    this.show();
  }

  show() {
    const { count, photographs } = this.now;
    const counts = "counts" in this.place.dataset;
    this.#find(".gate-big").hidden = !counts || count !== null;
    this.#find(".gate-count").hidden = this.#find("[data-say=undo]").hidden = !counts || count === null;
    this.#find(".gate-came").hidden = !counts || count === null;
    // Who is here can neither be declined nor be a no-show.
    this.row.classList.toggle("is-arrived", count !== null);
    if (counts && count === null && this.row.classList.contains("is-over")) this.#isBack();
    this.#write(".gate-number", count ?? "");
    this.#write(".gate-came", saySoManyCame(count, this.headcount));
    for (const mark of ["allowed", "not_allowed"])
      this.#find(`[data-say=${mark}]`).setAttribute("aria-pressed", String(photographs === mark));
    // The card says it now, as it is.
    for (const old of this.row.querySelectorAll("[data-mark]")) old.hidden = true;
  }

  // Whoever is not here after all is no more among those who are: the fold must know.
  #isBack() {
    this.row.classList.remove("is-over");
    this.row.dispatchEvent(new Event("gate:back", { bubbles: true }));
  }

  #clicked({ target, detail, timeStamp }) {
    const isByHand = detail > 0;
    if (isByHand && timeStamp < (this.moved ?? -settles) + settles) return;
    this.#pressed(target.closest("[data-say]")?.dataset.say);
  }

  #pressed(what) {
    const { count } = this.now;
    if (what === "arrived") this.#say({ said: "arrived", count: this.headcount, seen_count: count }, ".gate-step");
    if (what === "fewer" && count > 1) this.#say({ said: "count", count: count - 1, seen_count: count });
    if (what === "one-more" && count < most) this.#say({ said: "count", count: count + 1, seen_count: count });
    if (what === "undo") this.#say({ said: "undo", seen_count: count }, ".gate-big");
    if (what === "note") this.#note();
    if (what === "dismiss") this.#dismiss();
    if (["allowed", "not_allowed"].includes(what)) this.#mark(what);
  }

  #mark(what) {
    const photographs = this.now.photographs === what ? "unknown" : what;
    this.#say({ said: "photographs", photographs, seen_photographs: this.now.photographs });
  }

  #note() {
    const note = this.#find("textarea").value.trim();
    if (note !== this.now.note) this.#say({ said: "note", note, seen_note: this.now.note });
    this.#find("details").open = false;
    this.#find("summary").focus();
  }

  #dismiss() {
    this.#find(".gate-said").hidden = true;
    this.tell(this, null);
    (this.place.querySelector("button:not([hidden])") ?? this.place).focus();
  }

  // A button that goes away hands the focus on.
  #say(tap, next) {
    this.#find(".gate-said").hidden = true;
    this.take(tap);
    if (next) {
      this.settle();
      this.#find(next).focus();
    }
    this.tell(this, { visit_id: this.visit, starts_at: this.startsAt, ...tap });
  }

  // What has just moved takes no tap by hand for a while, and looks so.
  settle() {
    this.moved = performance.now();
    this.place.classList.add("is-settling");
    clearTimeout(this.settled);
    this.settled = setTimeout(() => this.place.classList.remove("is-settling"), settles);
  }

  #name(about) {
    for (const each of this.place.querySelectorAll("[data-about]")) each.textContent = `: ${about}`;
    for (const each of this.place.querySelectorAll("[data-group]"))
      each.setAttribute("aria-label", `${each.dataset.group}: ${about}`);
  }

  #write(where, words) {
    const place = this.#find(where);
    if (place.textContent !== String(words)) place.textContent = words;
  }

  #find(what) {
    return this.place.querySelector(what);
  }
}
