// On a phone the next arrival stands on top; those who are here or gone lie folded below, papers below all.
import { say } from "./words.js";

const phone = matchMedia("(max-width: 47.99rem)");

export function foldOnPhones(body) {
  const rows = [...body.rows];
  // A line on which something was not recorded stays in sight.
  const over = rows.filter((row) => row.matches(".is-over") && !row.querySelector(".gate-said:not([hidden])"));
  const sheet = body.closest(".roster-sheet");
  const papers = document.querySelector(".roster-papers");
  const home = papers?.parentElement;
  const fold = over.length ? foldOf(over) : null;
  const arrange = () => {
    const isNext = (row) => row.matches(".is-next");
    const first = rows.filter((row) => !over.includes(row));
    const below = fold ? [fold.row, ...over] : [];
    body.append(...(phone.matches ? [...first.filter(isNext), ...first.filter((row) => !isNext(row)), ...below] : rows));
    if (fold && !phone.matches) fold.row.remove();
    if (papers && phone.matches) sheet.after(papers);
    else home?.append(papers);
    fold?.show(phone.matches ? over.some((row) => `#${row.id}` === location.hash) : true);
    if (location.hash.startsWith("#visit-")) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  };
  phone.addEventListener("change", arrange);
  arrange();
}

function foldOf(over) {
  const row = document.createElement("tr");
  const cell = row.insertCell();
  const button = document.createElement("button");
  cell.colSpan = 99;
  row.className = "gate-fold";
  button.type = "button";
  button.className = "button button-secondary";
  cell.append(button);
  const show = (isOpen) => {
    for (const each of over) each.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    button.textContent = isOpen ? say("hide_over") : say("show_over", { number: over.length });
  };
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
  return { row, show };
}
