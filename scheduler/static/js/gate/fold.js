// Among cards the next arrival stands on top; those here or gone lie folded below; other days, papers below all.
import { say } from "./words.js";

// As wide as `roster.css` makes cards of the lines.
const cards = matchMedia("(max-width: 79.99rem)");

export function foldOnPhones(body) {
  const rows = [...body.rows];
  // A line on which something was not recorded stays in sight.
  let over = rows.filter((row) => row.matches(".is-over") && !row.querySelector(".gate-said:not([hidden])"));
  const sheet = body.closest(".roster-sheet");
  const days = document.querySelector(".day-navigation");
  const top = document.createComment("where the days stand on a desk");
  days?.before(top);
  const fold = over.length ? foldOf(over) : null;
  const arrange = () => {
    const isNext = (row) => row.matches(".is-next");
    const first = rows.filter((row) => !over.includes(row));
    const below = over.length ? [fold.row, ...over] : [];
    body.append(...(cards.matches ? [...first.filter(isNext), ...first.filter((row) => !isNext(row)), ...below] : rows));
    if (fold && !cards.matches) fold.row.remove();
    if (days && cards.matches) sheet.after(days);
    else if (days) top.after(days);
    fold?.show(cards.matches ? over.some((row) => `#${row.id}` === location.hash) : true);
    if (location.hash.startsWith("#visit-")) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  };
  cards.addEventListener("change", arrange);
  body.addEventListener("gate:back", () => {
    over = over.filter((row) => row.matches(".is-over"));
    if (over.length) fold?.tell(over);
    else fold?.row.remove();
  });
  arrange();
}

function foldOf(over) {
  let folded = over;
  const row = document.createElement("tr");
  const cell = row.insertCell();
  const button = document.createElement("button");
  cell.colSpan = 99;
  row.className = "gate-fold";
  button.type = "button";
  button.className = "button button-secondary";
  cell.append(button);
  const isOpen = () => button.getAttribute("aria-expanded") === "true";
  const show = (isShown) => {
    for (const each of folded) each.hidden = !isShown;
    button.setAttribute("aria-expanded", String(isShown));
    button.textContent = isShown ? say("hide_over") : say("show_over", { number: folded.length });
  };
  button.addEventListener("click", () => show(!isOpen()));
  const tell = (rows) => {
    folded = rows;
    show(isOpen());
  };
  return { row, show, tell };
}
