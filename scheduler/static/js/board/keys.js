// The board by keyboard alone: which key does what.
import { drop, isWhereItWas, targetOf } from "./drops.js";
import { showHelp } from "./verdict.js";
import { say } from "./words.js";

const afterwards = "board-focus";

export function listenToKeys(board) {
  board.place.addEventListener("keydown", (event) => {
    const onBoard = event.target.closest("button[data-key], .board-frame");
    if (!onBoard || event.altKey || event.metaKey || event.target.closest("dialog")) return;
    const act = actFor(board, event);
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && board.carrying.thing && !document.querySelector("dialog[open]")) putBack(board);
  });
  if (sessionStorage.getItem(afterwards)) {
    sessionStorage.removeItem(afterwards);
    board.focus.start();
  }
}

function actFor(board, { key, ctrlKey, shiftKey }) {
  const { focus, carrying } = board;
  if (ctrlKey && !["Home", "End"].includes(key)) return null;
  const acts = {
    ArrowLeft: () => focus.along(-1),
    ArrowRight: () => focus.along(1),
    ArrowUp: () => focus.across(-1),
    ArrowDown: () => focus.across(1),
    Home: () => focus.toEnd(-1, ctrlKey),
    End: () => focus.toEnd(1, ctrlKey),
    PageUp: () => turn(board, "previous"),
    PageDown: () => turn(board, "next"),
    m: () => (carrying.thing ? dropHere(board) : take(board)),
    n: () => carrying.thing && focus.toWorking(shiftKey ? -1 : 1),
    u: () => board.toasts.goBack(),
    "?": () => showHelp(board),
    Enter: carrying.thing && (() => dropHere(board)),
  };
  return acts[key.length === 1 ? key.toLowerCase() : key];
}

function take({ focus, carrying }) {
  const { thing } = focus;
  if (thing) carrying.pickUp(thing, "keyboard");
}

async function dropHere(board) {
  const { thing, seen } = board.carrying;
  if (!board.focus.thing) return;
  const target = targetOf(board.focus.thing, thing);
  board.carrying.putBack();
  if (isWhereItWas(target, thing)) return board.toasts.show(say("put_back", { title: thing.title }));
  await drop(board, { thing, seen, target });
}

function putBack(board) {
  const { thing } = board.carrying;
  board.carrying.putBack();
  board.toasts.show(say("put_back", { title: thing.title }));
  board.focus.follow(thing.id);
}

// Another week is another page; what is carried comes along.
function turn(board, way) {
  board.carrying.keep();
  sessionStorage.setItem(afterwards, "1");
  location.assign(board.place.dataset[way]);
}
