"use strict";
// The page's own inbox and clock. Everything that comes from outside is put in as text, never as markup.
const root = document.body.dataset.root;
const guarded = "guarded" in document.body.dataset;
const MOST = 100;
const LONGEST = 500;
const find = (id) => document.getElementById(id);
let token = sessionStorage.getItem("smslab-token") || "";
let clock = null;

async function ask(path, method = "GET", body = undefined) {
  const headers = token ? { Authorization: "Bearer " + token } : {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(root + "/_emulator" + path, {
    method, headers, body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail || answer.statusText);
  return answer.headers.get("Content-Type").includes("json") ? answer.json() : answer.text();
}

function show(message, isNew = false) {
  const list = find("messages");
  let row = list.querySelector(`[data-id="${Number(message.id)}"]`);
  if (!row) {
    row = find("row").content.firstElementChild.cloneNode(true);
    row.dataset.id = message.id;
    row.classList.toggle("new", isNew);
    list.prepend(row);
    while (list.children.length > MOST) list.lastElementChild.remove();
  }
  row.dataset.status = message.status;
  const shown = brief(message);
  for (const field of row.querySelectorAll("[data-field]")) field.textContent = shown[field.dataset.field];
  find("empty").hidden = true;
}

// As the page itself shows it: pages.py does the same.
function brief(message) {
  const letters = Array.from(message.text.slice(0, 2 * LONGEST + 2));
  const text = letters.length > LONGEST ? letters.slice(0, LONGEST).join("") + "…" : message.text;
  return {
    ...message,
    accepted_at: short(message.accepted_at),
    subject: message.extras.subject || "",
    text: message.medium === "fax" ? "a document, " + message.text.length + " characters of base64" : text,
    sender: message.from && "from " + message.from,
  };
}

function short(moment) { return moment.slice(0, 19).replace("T", " "); }

function tally(total) {
  find("total").value = total === 1 ? "1 message" : total + " messages";
  find("empty").hidden = total > 0;
}

// Identifiers count up: what has a higher one than all so far is one more.
let counted = 0;
let latest = 0;

function accept(message) {
  show(message, true);
  if (message.id <= latest) return;
  latest = message.id;
  tally(++counted);
}

async function reload() {
  const { total } = await ask("/messages?limit=0");
  const newest = await ask("/messages?limit=" + MOST + "&since=" + await before(total));
  find("messages").replaceChildren();
  newest.messages.forEach((message) => show(message));
  latest = newest.messages.length ? newest.messages.at(-1).id : latest;
  tally(counted = total);
}

async function before(total) {
  if (total <= MOST) return 0;
  const first = (await ask("/messages?limit=1")).messages[0];
  return first.id - 1 + total - MOST;
}

function keep(time) {
  clock = { now: Date.parse(time.now), rate: time.rate, read: performance.now() };
  find("rate").textContent = time.rate === 0 ? "stands still" : time.rate === 1 ? "follows the wall clock"
    : "runs " + time.rate + " times as fast as the wall clock";
  tick();
}

function tick() {
  if (!clock) return;
  const now = new Date(clock.now + (performance.now() - clock.read) * clock.rate);
  find("now").textContent = short(now.toISOString()) + " UTC";
}

function say(moved) {
  const due = moved.due_total;
  find("moved").textContent = due === 0 ? "Nothing fell due." : due === 1 ? "One thing fell due." : due + " things fell due.";
  keep(moved);
}

async function advance(seconds) {
  const buttons = [...document.querySelectorAll("[data-advance]")];
  buttons.forEach((button) => { button.disabled = true; });
  try {
    say(seconds === "idle" ? await ask("/clock/run-until-idle", "POST")
      : await ask("/clock/advance", "POST", { seconds: Number(seconds) }));
    if (guarded) await reload();
  } catch (error) {
    find("moved").textContent = error.message;
  } finally {
    buttons.forEach((button) => { button.disabled = false; });
  }
}

function listen() {
  const events = new EventSource(root + "/_emulator/events");
  const on = (kind, use) => events.addEventListener(kind, (event) => use(JSON.parse(event.data).detail));
  on("accepted", accept);
  on("step", (message) => show(message));
  on("clock", keep);
  on("reset", reload);
  on("control", (call) => { if (call.method === "DELETE" && call.path.endsWith("/messages")) reload(); });
  events.addEventListener("gap", reload);
  events.onopen = () => { find("live").hidden = false; reload(); ask("/clock").then(keep); };
  events.onerror = () => { find("live").hidden = true; };
}

// A browser cannot give a token to an EventSource, so a guarded emulator is asked again and again.
async function poll() {
  await reload();
  keep(await ask("/clock"));
  setTimeout(() => poll().catch(locked), 2000);
}

function locked(error) {
  token = "";
  sessionStorage.removeItem("smslab-token");
  find("token").hidden = false;
  find("clock").hidden = true;
  find("token-says").textContent = error ? error.message : "";
}

function open() {
  return poll().then(() => {
    find("token").hidden = true;
    find("clock").hidden = false;
    sessionStorage.setItem("smslab-token", token);
  });
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button, a");
  if (!button) return;
  if (button.dataset.advance) advance(button.dataset.advance);
  if (button.classList.contains("copy")) {
    const text = button.previousElementSibling;
    getSelection().selectAllChildren(text); // for where there is no clipboard to write to
    await navigator.clipboard?.writeText(text.textContent).then(() => { button.textContent = "Copied"; }, () => {});
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  }
  if (guarded && "opens" in button.dataset) {
    event.preventDefault();
    const page = await ask(button.getAttribute("href").slice((root + "/_emulator").length)).catch(locked);
    if (!page) return;
    const html = typeof page === "string";
    const shown = new Blob([html ? page : JSON.stringify(page, null, 2)], { type: html ? "text/html" : "text/plain" });
    window.open(URL.createObjectURL(shown));
  }
});

setInterval(tick, 500);
if (guarded) {
  find("token").addEventListener("submit", (event) => {
    event.preventDefault();
    token = find("secret").value;
    open().catch(locked);
  });
  if (token) open().catch(locked);
} else {
  listen();
}
