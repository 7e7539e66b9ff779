// The key "/" leads to the search, as long as nothing is being typed. Without this script the field is a Tab away.

const TYPED_INTO = "input, textarea, select, [contenteditable]";

function isFree(event) {
  return event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest(TYPED_INTO);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || !isFree(event)) return;
  const fields = document.querySelectorAll("main [role=search] input[name=q], .search-box input");
  const field = [...fields].reverse().find((each) => each.offsetParent !== null);
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
