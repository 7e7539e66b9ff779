// Any page of ours inside the board's dialog: its links are followed and its forms are sent there, so that nobody has to leave the board.
import { Refused } from "./server.js";

const named = ["for", "form", "list", "aria-labelledby", "aria-describedby", "aria-controls"];
const apart = "panel-";

// The page behind an address, or what a form was answered with: {address, title, body, words, wrote}.
export async function page(address, options = {}) {
  const answer = await fetch(address, { headers: { Accept: "text/html" }, ...options }).catch(() => null);
  if (!answer) throw new Refused(0, {});
  if (!answer.headers.get("Content-Type")?.includes("html")) throw new Refused(answer.status, {});
  const found = new URL(answer.url);
  if (found.pathname.startsWith("/sign-in")) throw new Refused(401, {});
  found.hash = new URL(address, location.href).hash;
  const told = new DOMParser().parseFromString(await answer.text(), "text/html");
  bringStyles(told);
  const main = told.querySelector("main") ?? told.body;
  const heading = main.querySelector("h1, h2");
  const title = heading?.textContent ?? told.title;
  heading?.remove();
  const words = [...main.querySelectorAll(".messages .message")].map((message) => message.textContent.trim()).join(" ");
  setApart(main);
  return { address: found.href, title, body: [...main.children], words, wrote: options.method === "POST" && (answer.ok || answer.redirected) };
}

// What a form asks for, as the browser itself would send it: an address, and what goes with it.
export function sent(form, pressed, from) {
  const way = (pressed?.getAttribute("formmethod") ?? form.method).toUpperCase();
  const address = new URL(pressed?.getAttribute("formaction") ?? form.getAttribute("action") ?? from, from);
  const told = new FormData(form, pressed);
  if (way === "POST") return [address.href, { method: "POST", body: form.enctype === "multipart/form-data" ? told : new URLSearchParams(told) }];
  address.search = new URLSearchParams(told);
  return [address.href, {}];
}

// Whether a link leads to a page that the dialog can hold: one of ours that is neither the board nor a file.
export function isHeld(link) {
  const { origin, pathname } = new URL(link.href);
  const isBoard = pathname === "/board" || pathname === "/board/list";
  const isFile = link.hasAttribute("download") || /\.(ics|csv|json|pdf)$/.test(pathname) || pathname.endsWith("/letter") || pathname.startsWith("/api");
  return origin === location.origin && !isBoard && !isFile && !link.target;
}

// The page's ids get a name of their own: the board around it has a form too.
function setApart(main) {
  for (const element of main.querySelectorAll("[id]")) element.id = apart + element.id;
  for (const name of named) {
    for (const element of main.querySelectorAll(`[${name}]`)) {
      const ids = element.getAttribute(name).split(/\s+/).filter(Boolean);
      element.setAttribute(name, ids.map((id) => apart + id).join(" "));
    }
  }
  for (const link of main.querySelectorAll('a[href^="#"]')) link.setAttribute("href", `#${apart}${link.getAttribute("href").slice(1)}`);
}

export const idOf = (hash) => apart + hash.slice(1);

function bringStyles(told) {
  for (const sheet of told.querySelectorAll("link[rel=stylesheet]:not([media])")) {
    const href = sheet.getAttribute("href");
    if (!document.querySelector(`link[href="${CSS.escape(href)}"]`)) document.head.append(document.importNode(sheet));
  }
}
