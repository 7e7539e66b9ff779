// The live roster: a card on every line, and one sentence on what has not reached the office yet.
import { Card } from "./card.js";
import { foldOnPhones } from "./fold.js";
import { Queue } from "./queue.js";
import { Store } from "./store.js";
import { say, sayWaiting } from "./words.js";

const gate = document.getElementById("gate");
const line = gate.querySelector(".gate-line");
const store = new Store(gate.dataset.account);
const cards = new Map();
const queue = new Queue(store, gate.dataset.tap, { answered, refused, changed: tellLine });

function answered(visit, standing) {
  const isLast = !store.all.waiting.some((each) => each.visit_id === visit);
  if (isLast) cards.get(visit)?.stands(standing);
}

function refused(visit, problem) {
  cards.get(visit)?.complain(problem.detail, problem);
}

// Plainly what has not reached the office; what has, only after something had to wait.
function tellLine({ waiting, isSignedOut, isLate }) {
  const told = waiting.length && isLate ? [sayWaiting(waiting.length)] : [];
  if (isSignedOut) told.push(say("signed_out"));
  if (waiting.length && store.keepsNothing) told.push(say("not_kept"));
  if (store.holdsOthers) told.push(say("others"));
  const waited = line.dataset.waits === "yes" || line.textContent === say("reached");
  if (!told.length && !waiting.length && waited) told.push(say("reached"));
  line.dataset.waits = waiting.length && isLate ? "yes" : "no";
  line.classList.toggle("is-waiting", line.dataset.waits === "yes" || isSignedOut);
  const words = told.join(" ");
  if (line.textContent === words) return;
  line.textContent = words;
  keepRoom();
}

// The line stands over the foot of the window: its room is kept below, and the card in hand moves out from under it.
function keepRoom() {
  document.documentElement.style.setProperty("--said", `${line.offsetHeight}px`);
  const inHand = document.activeElement?.closest(".gate[data-visit]");
  if (!inHand || !line.textContent) return;
  const under = inHand.getBoundingClientRect().bottom - line.getBoundingClientRect().top;
  if (under <= 0) return;
  cards.get(Number(inHand.dataset.visit))?.settle();
  scrollBy({ top: Math.min(under + 12, inHand.getBoundingClientRect().top) });
}

function tap(card, told) {
  store.change(({ refused: words }) => delete words[card.visit]);
  if (told) queue.add(told);
}

for (const place of document.querySelectorAll(".gate[data-visit]")) {
  const card = new Card(place, tap);
  cards.set(card.visit, card);
}
const { waiting, refused: words } = store.all;
for (const each of waiting) cards.get(each.visit_id)?.take(each);
for (const [visit, told] of Object.entries(words)) cards.get(Number(visit))?.complain(told);
queue.isLate = waiting.length > 0;
tellLine(queue);
queue.send();

const body = document.querySelector("table.roster > tbody");
if (body) foldOnPhones(body);
gate.querySelector(".gate-kept").hidden = gate.dataset.kept !== "yes";
keepForLater();

// The watcher keeps this page for when there is no connection; the first time it has to be handed everything.
async function keepForLater() {
  if (!("serviceWorker" in navigator)) return;
  const isFirst = !navigator.serviceWorker.controller;
  await navigator.serviceWorker.register(gate.dataset.worker, { scope: "/" }).catch(() => null);
  const watcher = isFirst ? (await navigator.serviceWorker.ready).active : null;
  const files = performance.getEntriesByType("resource").map((each) => each.name);
  watcher?.postMessage({ page: location.pathname, files: files.filter((name) => name.includes("/static/")) });
}
