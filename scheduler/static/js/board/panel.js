// The panel of one thing: what the server says of it, in a dialog; from there it can also be picked up.
import { make } from "./boxes.js";
import { fragment } from "./server.js";
import { open, showWords } from "./verdict.js";
import { say } from "./words.js";

export function listenForPanels(board) {
  board.place.addEventListener("click", (event) => {
    const key = event.target.closest("button[data-key]")?.dataset.key;
    const thing = key && board.model.things.get(key);
    if (thing && !board.carrying.thing) openPanel(board, thing);
  });
}

async function openPanel(board, thing) {
  const [kind, id] = thing.id.split(":");
  const told = await fragment(`${board.place.dataset.panel}/${kind}/${id}`).catch((refused) => refused);
  if (typeof told !== "string") return instead(board, thing, told);
  const template = make("template", "", "", { innerHTML: told });
  const heading = template.content.querySelector("h2");
  heading?.remove();
  const dialog = open(board, heading?.textContent ?? thing.title ?? thing.name, [...template.content.children]);
  dialog.classList.add("board-panel");
  if (thing.movable && board.model.may_book) dialog.querySelector(".board-dialog-foot").prepend(mover(board, thing, dialog));
}

function mover(board, thing, dialog) {
  const button = make("button", "button button-primary", say("move"), { type: "button" });
  button.addEventListener("click", () => {
    dialog.close();
    board.carrying.pickUp(thing, "keyboard");
  });
  return button;
}

// No panel: its own page, if it has one, else a word.
function instead(board, thing, { status }) {
  if (status === 404 && thing.href) location.assign(thing.href);
  else showWords(board, say("failed_title"), say(status === 401 ? "signed_out" : "failed"));
}
