// The first row: wishes and holds that have no place yet. It stays in sight while the rest scrolls.
import { make, wish } from "./boxes.js";
import { say } from "./words.js";

export class Tray {
  constructor(board) {
    this.board = board;
    this.name = make("strong");
    this.count = make("span", "count");
    this.list = make("div", "board-tray-list");
    this.element = make("section", "board-tray");
    const head = make("div", "board-tray-words");
    head.append(this.name, " ", this.count);
    this.element.append(head, this.list);
    board.place.append(this.element);
  }

  show({ trayName, wishes, rows_kind }) {
    const held = this.element.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    this.name.textContent = trayName;
    this.count.textContent = wishes.length;
    this.element.setAttribute("aria-label", trayName);
    this.list.replaceChildren(...wishes.map((thing) => wish(thing, trayName)));
    if (!wishes.length && ["sites", "delegations"].includes(rows_kind)) this.list.append(make("p", "soft", say("nothing_to_place")));
    if (held) this.find(held)?.focus({ preventScroll: true });
  }

  find(key) {
    return this.list.querySelector(`[data-key="${CSS.escape(key)}"]`);
  }

  mark(marks) {
    for (const element of this.list.querySelectorAll("[data-key]")) marks(element, element.dataset.key);
  }
}
