// Keeps the rosters that were open, for as long as one person is signed in and half a day at most, so that
// they open without a connection too; the page then says how old it is. A sign-out or sign-in forgets them.
const shelf = "rosters-1";
const files = "files-1";
const longest = 12 * 60 * 60 * 1000;
const keptAt = "X-Kept-At";
const isRoster = ({ pathname }) => /^\/roster\/[^/]+\/\d{4}-\d\d-\d\d$/.test(pathname);
const isDoor = ({ pathname }) => pathname === "/sign-out" || pathname === "/sign-in";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && isDoor(url)) event.respondWith(caches.delete(shelf).then(() => fetch(request)));
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && isRoster(url)) event.respondWith(roster(request, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
});

addEventListener("message", (event) => event.waitUntil(keepFirst(event.data)));

async function keepFirst({ page, files: names }) {
  const answer = await fetch(page, { redirect: "manual" }).catch(() => null);
  if (answer?.ok) await keep(page, answer);
  await (await caches.open(files)).addAll(names).catch(() => null);
}

async function roster(request, { pathname }) {
  const answer = await fetch(request).catch(() => null);
  if (!answer) return (await kept(pathname)) ?? Response.error();
  // Led elsewhere: whoever was signed in is so no longer.
  if (answer.type === "opaqueredirect") await caches.delete(shelf);
  else if (answer.ok) await keep(pathname, answer.clone());
  return answer;
}

async function keep(pathname, answer) {
  const headers = new Headers(answer.headers);
  headers.set(keptAt, String(Date.now()));
  const copy = new Response(await answer.blob(), { headers });
  await (await caches.open(shelf)).put(pathname, copy);
}

async function kept(pathname) {
  const found = await (await caches.open(shelf)).match(pathname);
  if (!found) return null;
  if (Date.now() - Number(found.headers.get(keptAt)) > longest) {
    await caches.delete(shelf);
    return null;
  }
  const text = (await found.text()).replace('data-kept="no"', 'data-kept="yes"');
  return new Response(text, { headers: found.headers });
}

async function file(request) {
  const answer = await fetch(request).catch(() => null);
  if (!answer) return (await caches.match(request)) ?? Response.error();
  if (answer.ok && answer.status === 200) {
    const copy = answer.clone();
    caches.open(files).then((cache) => cache.put(request, copy));
  }
  return answer;
}
