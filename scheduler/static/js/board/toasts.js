// Short messages that pass: what was done, with a way back for ten seconds. They wait while somebody is on them.
import { make } from "./boxes.js";
import { say } from "./words.js";

const seconds = 10;

export class Toasts {
  constructor(place) {
    this.shelf = make("div", "board-toasts");
    this.shelf.setAttribute("role", "status");
    place.append(this.shelf);
  }

  // `way` is a button: {label, act}. Only the last message stays.
  show(message, way) {
    this.way = way;
    const toast = make("div", "board-toast");
    toast.append(make("span", "", message));
    if (way) {
      const button = make("button", "button board-undo", way.label, { type: "button" });
      button.addEventListener("click", () => this.goBack());
      toast.append(button);
    }
    const close = make("button", "button button-quiet", say("dismiss"), { type: "button" });
    close.addEventListener("click", () => this.clear());
    toast.append(close);
    this.shelf.replaceChildren(toast);
    this.#count(toast, Date.now() + seconds * 1000);
  }

  // Undo, if there is still something to undo.
  goBack() {
    const { way } = this;
    this.clear();
    way?.act();
    return Boolean(way);
  }

  clear() {
    this.way = null;
    this.shelf.replaceChildren();
  }

  #count(toast, until) {
    setTimeout(() => {
      if (!toast.isConnected) return;
      if (toast.matches(":hover, :focus-within")) this.#count(toast, until);
      else if (Date.now() >= until) this.clear();
      else this.#count(toast, until);
    }, 250);
  }
}
