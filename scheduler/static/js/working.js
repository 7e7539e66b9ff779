// Says that something takes its time: the button pressed is busy, a live region says so, a second press does
// nothing. Without this script the form is sent all the same.

function rest(form) {
  delete form.dataset.busy;
  for (const button of form.querySelectorAll("[type=submit]")) {
    button.removeAttribute("aria-disabled");
    button.removeAttribute("aria-busy");
  }
  for (const place of form.querySelectorAll("[data-working-words]")) place.textContent = "";
}

function work(event) {
  const form = event.currentTarget;
  if (form.dataset.busy) {
    event.preventDefault();
    return;
  }
  form.dataset.busy = "yes";
  for (const button of form.querySelectorAll("[type=submit]")) button.setAttribute("aria-disabled", "true");
  event.submitter?.setAttribute("aria-busy", "true");
  for (const place of form.querySelectorAll("[data-working-words]")) place.textContent = form.dataset.working;
}

const forms = document.querySelectorAll("form[data-working]");
for (const form of forms) form.addEventListener("submit", work);
// Whoever comes back by the browser's own button finds the form at rest.
addEventListener("pageshow", () => forms.forEach(rest));
