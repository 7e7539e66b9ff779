// Everything the board asks of the server: data, the change mark, answers, panels, drops. The rules are asked here, nowhere else.
const patience = 20_000;

export class Refused extends Error {
  constructor(status, body) {
    super(body.message ?? "");
    this.status = status;
    // The words of a failure are its "detail", those of an answer its "message".
    this.body = { message: body.detail, ...body };
  }
}

// The JSON behind an address; Refused with the server's own words when the answer is no.
export async function ask(address, options = {}) {
  const answer = await fetch(address, {
    headers: { Accept: "application/json", ...options.headers },
    signal: AbortSignal.timeout(patience),
    ...options,
  }).catch(() => null);
  if (!answer) throw new Refused(0, {});
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  const body = isJson ? await answer.json() : {};
  if (answer.redirected && !isJson) throw new Refused(401, {});
  if (!answer.ok || !isJson) throw new Refused(answer.status, body);
  return body;
}

export function tell(address, body) {
  const token = document.querySelector("meta[name=csrf-token]")?.content ?? "";
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token };
  return ask(address, { method: "POST", headers, body: JSON.stringify(body) });
}

// An address with one more value in its query.
export function withValue(address, name, value) {
  const url = new URL(address, location.href);
  url.searchParams.set(name, value);
  return url.href;
}
