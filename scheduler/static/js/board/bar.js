// The line under the board that tells what is carried, where one is and what the rules would say there; read out politely.
import { icon, make } from "./boxes.js";

export class Bar {
  constructor(place) {
    this.what = make("strong");
    this.mark = make("span", "board-bar-mark");
    this.words = make("span");
    this.element = make("p", "board-bar");
    this.element.setAttribute("role", "status");
    this.element.classList.add("is-empty");
    this.element.append(this.what, " ", this.mark, " ", this.words);
    place.append(this.element);
  }

  carry(what, words) {
    this.what.textContent = what;
    this.tell(words);
  }

  tell(words, answer = null) {
    if (this.words.textContent === words) return;
    this.words.textContent = words;
    this.element.classList.toggle("is-empty", !words && !this.what.textContent);
    this.mark.replaceChildren(...(answer ? [icon(answer.would_work ? "success" : "error")] : []));
    this.element.classList.toggle("is-no", answer?.would_work === false);
  }

  clear() {
    this.what.textContent = "";
    this.tell("");
  }
}
