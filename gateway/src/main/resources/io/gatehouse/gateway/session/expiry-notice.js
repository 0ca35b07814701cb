// Tells people before their session ends: <script src=".../expiry-notice.js" data-ahead="120" defer></script>
(() => {
  const me = document.currentScript;
  const session = new URL("{{session}}", me.src);
  const ahead = Number(me.dataset.ahead) || 120;
  const texts = {{texts}};
  const page = `${document.documentElement.lang}-`.toLowerCase();
  const lang = Object.keys(texts).findLast((it) => page.startsWith(`${it}-`.toLowerCase())) ?? "en";
  const [soon, stay, over, again] = texts[lang];
  const tabs = new BroadcastChannel("gatehouse-session");
  const box = make("div", { lang });
  const text = make("p", {});
  const button = make("button", { type: "button", textContent: stay, onclick: () => check(true) });
  const link = make("a", { textContent: again });
  let timer, shown, failures = 0, known = false;

  function make(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }

  function show(message, action) {
    if (text.textContent === message && shown === action) return;
    text.textContent = message;
    shown?.remove();
    shown = action;
    if (action) box.append(action);
    box.style.padding = message ? "1rem" : "0";
    box.style.border = message ? "1px solid" : "0";
  }

  function follow(state) {
    clearTimeout(timer);
    const left = state.signedIn ? Math.min(state.idleSeconds, state.absoluteSeconds) : 0;
    const signIn = new URL("{{signIn}}", me.src);
    if (signIn.origin === location.origin) signIn.searchParams.set("return_to", location.pathname + location.search);
    link.href = signIn;
    if (left > ahead) show("");
    else if (left > 0) show(soon, state.absoluteSeconds > state.idleSeconds ? button : link);
    else if (known) show(over, link);
    known ||= state.signedIn;
    if (state.signedIn) next(left > ahead ? left - ahead : Math.min(left + 1, 30));
  }

  function next(seconds) {
    timer = setTimeout(check, Math.min(seconds, 86400) * 1000);
  }

  async function check(extend) {
    clearTimeout(timer);
    if (document.hidden) return;
    try {
      const response = await fetch(extend === true ? `${session}?extend=true` : session, { credentials: "include" });
      if (!response.ok) throw response.status;
      const state = await response.json();
      failures = 0;
      tabs.postMessage(state);
      follow(state);
    } catch {
      next(Math.min(300, 5 * 2 ** failures++));
    }
  }

  text.setAttribute("role", "status");
  text.style.margin = "0";
  Object.assign(box.style, { position: "fixed", insetBlockEnd: "1rem", insetInlineEnd: "1rem", zIndex: 9999 });
  Object.assign(box.style, { background: "Canvas", color: "CanvasText" });
  box.append(text);
  document.body.prepend(box);
  tabs.onmessage = ({ data }) => follow(data);
  document.addEventListener("visibilitychange", () => check());
  check();
})();
