// Sends what was tapped, one after the other and each under its key, again and again until the office answered.
const patience = 15_000;
const pauses = [1000, 2000, 4000, 8000, 15_000, 30_000];
// A good line answers within this; before, nobody need be told that something is on its way.
const unnoticed = 1200;
const comeLater = new Set([0, 408, 425, 429]);
const signedOut = new Set([400, 401]);

export class Queue {
  // `heard`: {answered(visit, standing), refused(visit, problem), changed(queue)}.
  constructor(store, address, heard) {
    Object.assign(this, { store, address, heard, failures: 0, isSending: false, isSignedOut: false, isLate: false });
    addEventListener("online", () => this.#again());
    document.addEventListener("visibilitychange", () => document.hidden || this.#again());
    addEventListener("storage", () => this.heard.changed(this));
  }

  get waiting() {
    return this.store.all.waiting;
  }

  // Keep a tap and send it. Of several counts of one visit that nobody has tried to send, the last is said.
  add(tap) {
    this.store.change(({ waiting }) => {
      const last = waiting.findLast((each) => each.visit_id === tap.visit_id);
      const isRecount = tap.said === "count" && ["arrived", "count"].includes(last?.said) && !last.isTried;
      if (isRecount) last.count = tap.count;
      else waiting.push({ key: newKey(), said_at: new Date().toISOString().replace(/\.\d+/, ""), ...tap });
    });
    setTimeout(() => this.#grewLate(), unnoticed);
    this.heard.changed(this);
    this.send();
  }

  async send() {
    if (this.isSending) return;
    this.isSending = true;
    clearTimeout(this.timer);
    while (this.waiting.length && (await this.#sendFirst()));
    this.isSending = false;
    this.heard.changed(this);
  }

  #again() {
    this.failures = 0;
    this.isSignedOut = false;
    this.send();
  }

  #grewLate() {
    this.isLate = this.waiting.length > 0;
    this.heard.changed(this);
  }

  // Whether to go on with the next one at once.
  async #sendFirst() {
    const { key } = this.waiting[0];
    this.store.change(({ waiting }) => (waiting[0].isTried = true));
    const { isTried, ...tap } = this.waiting[0];
    const { status, body } = await post(this.address, tap);
    if (comeLater.has(status) || status >= 500) return this.#wait();
    if (signedOut.has(status)) return this.#mustSignIn();
    this.failures = 0;
    this.store.change((all) => {
      all.waiting = all.waiting.filter((each) => each.key !== key);
      if (status !== 200) all.refused[tap.visit_id] = body.detail ?? "";
    });
    if (!this.waiting.length) this.isLate = false;
    if (status === 200) this.heard.answered(tap.visit_id, body);
    else this.heard.refused(tap.visit_id, body);
    this.heard.changed(this);
    return true;
  }

  #wait() {
    const pause = pauses[Math.min(this.failures, pauses.length - 1)];
    this.failures += 1;
    this.isLate = true;
    this.timer = setTimeout(() => this.send(), pause);
    this.heard.changed(this);
    return false;
  }

  #mustSignIn() {
    this.isSignedOut = this.isLate = true;
    this.heard.changed(this);
    return false;
  }
}

async function post(address, tap) {
  const token = document.querySelector("meta[name=csrf-token]")?.content ?? "";
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token };
  const signal = AbortSignal.timeout(patience);
  try {
    const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(tap), signal });
    return { status: answer.status, body: await answer.json() };
  } catch {
    return { status: 0, body: {} };
  }
}

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
