// A single-page app behind the gateway, without a framework and without a token: see docs/single-page-apps.md.

const tabs = new BroadcastChannel("spa");
const waiting = []; // what could not be sent because nobody was signed in
let signInUrl = "/auth/sign-in";

const say = (id, text) => (document.getElementById(id).textContent = text);
const show = (id, visible) => (document.getElementById(id).hidden = !visible);

/** Asks who is signed in. It keeps no session alive, and needs no hidden frame. */
async function refresh() {
  const session = await (await fetch("/auth/session")).json();
  say("who", session.signedIn ? `Signed in as ${session.name ?? session.subject}` : "Nobody is signed in");
  signInUrl = session.signInUrl ?? signInUrl;
  show("sign-in", !session.signedIn);
  show("sign-out", session.signedIn);
}

/** Like fetch; a request that needs a sign-in waits for it, and is sent again with the same body. */
async function send(url, options) {
  const response = await fetch(url, options);
  const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json");
  const problem = response.status === 401 && isProblem ? await response.json() : {};
  if (!problem.signInUrl) return response;
  signInUrl = problem.signInUrl;
  say("said", "You are signed out. Sign in, and it is sent.");
  show("sign-in", true);
  await new Promise((resume) => waiting.push(resume));
  return send(url, options);
}

/** In a window of its own, so that nothing on this page is lost. It opens by a click, or browsers would block it. */
function signIn() {
  const url = new URL(signInUrl, location);
  url.searchParams.set("return_to", "/public/spa.html?signed-in");
  window.open(url, "sign-in", "popup,width=500,height=700");
}

async function signOut() {
  const { signOutUrl } = await (await fetch("/auth/sign-out", { method: "POST" })).json();
  location.assign(signOutUrl);
}

async function add(event) {
  event.preventDefault();
  const body = JSON.stringify(Object.fromEntries(new FormData(event.target)));
  const response = await send("/api/books", { method: "POST", headers: { "Content-Type": "application/json" }, body });
  say("said", response.ok ? `Added “${(await response.json()).title}”.` : `Not added: status ${response.status}`);
}

if (location.search === "?signed-in") {
  tabs.postMessage("signed in"); // the window of signIn() has done its work
  window.close();
}
tabs.onmessage = () => refresh().then(() => waiting.splice(0).forEach((resume) => resume()));
document.getElementById("sign-in").addEventListener("click", signIn);
document.getElementById("sign-out").addEventListener("click", signOut);
document.getElementById("add").addEventListener("submit", add);
refresh();
