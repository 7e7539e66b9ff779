// The panel: a dialog that holds what the server says of one thing, and from there any page of ours; a thing can also be picked up from it.
import { make } from "./boxes.js";
import { idOf, isHeld, page, sent } from "./pages.js";
import { open, showWords } from "./verdict.js";
import { say } from "./words.js";

export function listenForPanels(board) {
  board.place.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link) return follow(board, event, link);
    const key = event.target.closest("button[data-key]")?.dataset.key;
    const thing = key && board.model.things.get(key);
    if (thing && !board.carrying.thing) openThing(board, thing);
  });
}

function openThing(board, thing) {
  const [kind, id] = thing.id.split(":");
  new Panel(board, thing).go(`${board.place.dataset.panel}/${kind}/${id}`);
}

// A link on the board or in a dialog that is not a panel yet: into a panel with it.
function follow(board, event, link) {
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (event.defaultPrevented || !isPlain || !isHeld(link) || link.dataset.whole || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  link.closest("dialog")?.close();
  new Panel(board).go(link.href);
}

class Panel {
  constructor(board, thing = null) {
    Object.assign(this, { board, thing, been: [] });
  }

  async go(address, options = {}, isBack = false) {
    this.dialog?.setAttribute("aria-busy", "true");
    const told = await page(address, options).catch((refused) => refused);
    this.dialog?.removeAttribute("aria-busy");
    if (told instanceof Error) return showWords(this.board, say("failed_title"), say(told.status === 401 ? "signed_out" : "failed"));
    if (told.wrote) await this.board.reload().catch(() => null);
    if (new URL(told.address).pathname === "/board") return this.#leave(told.words);
    if (this.address && !isBack && this.address !== told.address) this.been.push(this.address);
    this.address = told.address;
    this.#show(told);
  }

  #show({ address, title, body }) {
    this.dialog ??= this.#make();
    this.dialog.querySelector("h2").textContent = title;
    this.whole.href = address;
    this.whole.hidden = address.includes(this.board.place.dataset.panel);
    this.back.hidden = !this.been.length;
    if (this.mover) this.mover.hidden = !this.whole.hidden;
    this.body.replaceChildren(...body);
    this.body.scrollTop = 0;
    const { hash } = new URL(address);
    const looked = this.body.querySelector('[autofocus], [id$="-verdict"], .message') ?? (hash && document.getElementById(idOf(hash)));
    if (looked && !this.whole.hidden) looked.scrollIntoView({ block: "nearest" });
    (this.body.querySelector("[autofocus]") ?? this.dialog.querySelector("h2")).focus({ preventScroll: true });
  }

  #make() {
    this.body = make("div", "board-panel-body stack");
    const dialog = open(this.board, " ", [this.body]);
    dialog.classList.add("board-panel");
    this.whole = make("a", "button button-quiet", say("full_page"));
    this.whole.dataset.whole = "yes";
    this.back = make("button", "button", say("page_back"), { type: "button" });
    this.back.addEventListener("click", () => this.go(this.been.pop(), {}, true));
    const foot = dialog.querySelector(".board-dialog-foot");
    foot.append(this.whole);
    foot.prepend(this.back);
    if (this.thing?.movable && this.board.model.may_book) foot.prepend((this.mover = this.#mover(dialog)));
    this.body.addEventListener("click", (event) => this.#follow(event));
    this.body.addEventListener("submit", (event) => this.#send(event));
    return dialog;
  }

  #follow(event) {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !isHeld(link)) return;
    event.preventDefault();
    event.stopPropagation();
    const href = link.getAttribute("href");
    if (href.startsWith("#")) return document.getElementById(href.slice(1))?.scrollIntoView({ block: "start" });
    this.go(new URL(href, this.address).href);
  }

  #send(event) {
    event.preventDefault();
    this.go(...sent(event.target, event.submitter, this.address));
  }

  // What was done leads back to the board: it is under the dialog.
  #leave(words) {
    this.dialog?.close();
    if (words) this.board.toasts.show(words);
  }

  #mover(dialog) {
    const button = make("button", "button button-primary", say("move"), { type: "button" });
    button.addEventListener("click", () => {
      dialog.close();
      this.board.carrying.pickUp(this.thing, "keyboard");
    });
    return button;
  }
}
