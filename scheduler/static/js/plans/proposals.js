// Follows the planner at work, and counts what is decided. Without it the page is looked at again by hand.

const EVERY = 500;
const UNFINISHED = ["waiting", "working"];

const part = () => document.getElementById("plan-part");

// The same stop may stand in several programmes: what is decided of it in one is decided in all.
function share(control) {
  const name = control.name;
  if (control.type === "checkbox") {
    for (const other of document.querySelectorAll(`[name="${name}"]`)) {
      if (other.value === control.value) other.checked = control.checked;
    }
  }
}

function distinct(kind) {
  const found = new Set();
  for (const control of document.querySelectorAll(`[data-mind="${kind}"]`)) {
    if (control.type === "checkbox" ? control.checked : control.value) found.add(control.value);
  }
  return found.size;
}

function count() {
  const bar = document.getElementById("again");
  if (!bar) return;
  const pins = Number(bar.dataset.pins) + distinct("pin") - distinct("unpin");
  const bans = Number(bar.dataset.bans) + distinct("ban") - distinct("lift");
  for (const [kind, number] of [["pin", pins], ["ban", bans]]) {
    const place = bar.querySelector(`[data-count="${kind}"]`);
    if (place.textContent !== String(number)) place.textContent = number;
  }
  for (const stop of document.querySelectorAll(".plan-stop")) {
    const isPinned = stop.querySelector('[data-mind="pin"]')?.checked;
    stop.classList.toggle("is-to-pin", Boolean(isPinned));
    stop.classList.toggle("is-to-go", Boolean(stop.querySelector('[data-mind="ban"]')?.value));
  }
}

function finish() {
  document.getElementById("plan-said").textContent = part().dataset.said;
  count();
  tell();
  const nowhere = !document.activeElement || document.activeElement === document.body;
  if (nowhere) part().querySelector("[data-lands]")?.focus({ preventScroll: true });
}

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (answer.redirected || !answer.ok) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("plan-part");
    part().replaceWith(document.adoptNode(fresh));
  } catch {
    // The next look may do better; the link to look by hand stays.
  }
  if (UNFINISHED.includes(part().dataset.state)) setTimeout(look, EVERY);
  else finish();
}

// Of a repair: who names another session for a visit means to take that line, too.
function take(control) {
  if (!control.name?.startsWith("elsewhere-") || !control.value) return;
  const box = control.closest("tr")?.querySelector("[name=take]");
  if (box) box.checked = true;
}

document.addEventListener("change", (event) => {
  take(event.target);
  if (!event.target.dataset?.mind) return;
  share(event.target);
  count();
});

// Which of the programmes is shown where they do not stand side by side.
function tell() {
  const links = [...document.querySelectorAll(".proposal-jumps a")];
  const chosen = links.find((link) => link.hash === location.hash) ?? links[0];
  for (const link of links) {
    if (link === chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

addEventListener("hashchange", tell);
addEventListener("pageshow", () => { count(); tell(); });
if (UNFINISHED.includes(part().dataset.state)) setTimeout(look, EVERY);
