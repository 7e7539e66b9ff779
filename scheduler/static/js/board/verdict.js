// The dialogs of the board: the rules' no with its reasons and what would work, its "are you sure?", plain words, the help.
import { icon, make } from "./boxes.js";
import { say } from "./words.js";

const keys = ["arrows", "home", "page", "enter", "m", "n", "escape", "u", "help"];

// `acts` has what the buttons do; without it (an undo refused) the reasons are only told.
export function showVerdict(board, { refusals = [], cautions = [], alternatives = [], may_split, split_href }, acts) {
  const asks = !refusals.length && cautions.length > 0;
  const parts = refusals.length ? [reasons(refusals)] : [];
  if (asks && acts) parts.push(question(cautions, (ticked) => closeAnd(dialog, () => acts.acknowledge(ticked))));
  else if (cautions.length) parts.push(reasons(cautions, "warning"));
  if (alternatives.length && acts) parts.push(instead(alternatives, (chosen) => closeAnd(dialog, () => acts.instead(chosen))));
  else if (!asks && !may_split) parts.push(make("p", "soft", say("no_alternatives")));
  if (may_split) parts.push(split(split_href));
  const dialog = open(board, say(asks ? "asks_title" : "refused_title"), parts);
}

export function showWords(board, title, words) {
  open(board, title, [make("p", "", words)]);
}

export function showHelp(board) {
  const list = make("dl", "board-keys");
  for (const key of keys) list.append(make("dt", "", say(`key_${key}`)), make("dd", "", say(`help_${key}`)));
  open(board, say("help_title"), [list]);
}

// A dialog with a title and a way out; when it closes, the focus is back on the board.
export function open(board, title, parts) {
  const dialog = make("dialog", "board-dialog");
  const heading = make("h2", "", title, { id: "board-dialog-title", tabIndex: -1 });
  const close = make("button", "button", say("close"), { type: "button" });
  close.addEventListener("click", () => dialog.close());
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.addEventListener("close", () => {
    dialog.remove();
    board.focus.back();
  });
  const foot = make("p", "board-dialog-foot");
  foot.append(close);
  dialog.append(heading, ...parts, foot);
  board.place.append(dialog);
  dialog.showModal();
  (dialog.querySelector("input, .board-first") ?? heading).focus();
  return dialog;
}

function closeAnd(dialog, act) {
  dialog.close();
  act();
}

function reasons(told, tone = "error") {
  const part = make("div", `verdict-part tone-${tone}`);
  const list = make("ul", "reasons");
  for (const { code, message } of told) {
    const line = make("li");
    line.dataset.code = code ?? "";
    line.append(icon(tone === "error" ? "cross" : "warning"), make("span", "", message));
    list.append(line);
  }
  part.append(list);
  return part;
}

// Each caution a box to tick, one reason for all, and the button that drops again.
function question(cautions, answered) {
  const form = make("form", "verdict-part tone-warning");
  for (const { code, message } of cautions) {
    const label = make("label", "choice");
    label.append(make("input", "", "", { type: "checkbox", required: true, value: code }), make("span", "", message));
    form.append(label);
  }
  const field = make("div", "field");
  const why = make("input", "", "", { id: "board-reason", required: true, maxLength: 500 });
  field.append(make("label", "", say("reason"), { htmlFor: why.id }), why, make("p", "hint", say("reason_hint")));
  form.append(field, make("button", "button button-primary", say("all_the_same"), { type: "submit" }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answered({ acknowledge: cautions.map((caution) => caution.code), acknowledge_reason: why.value });
  });
  return form;
}

function instead(alternatives, chosen) {
  const part = make("div", "verdict-part verdict-alternatives");
  part.append(make("h3", "", say("alternatives")));
  const list = make("ol");
  for (const alternative of alternatives) {
    const line = make("li");
    const button = make("button", "button", say("take_this"), { type: "button" });
    button.setAttribute("aria-label", `${say("take_this")}: ${alternative.message}`);
    button.addEventListener("click", () => chosen(alternative));
    line.append(make("span", "alternative-label", alternative.message), button);
    list.append(line);
  }
  part.append(list);
  return part;
}

function split(address) {
  const line = make("p", "", "");
  line.append(address ? make("a", "button", say("split"), { href: address }) : say("may_split"));
  return line;
}
