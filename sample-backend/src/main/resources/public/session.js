// Asks the gateway who is signed in and adds the name to the page. The page is whole without it: where there is no
// gateway, or no answer, nothing changes.

const pageIsSignedIn = document.currentScript.hasAttribute("data-signed-in");

async function showSession() {
  const response = await fetch(`${document.body.dataset.signIn}/session`, { headers: { Accept: "application/json" } });
  if (!response.ok) {
    return;
  }
  const session = await response.json();
  if (session.signedIn !== pageIsSignedIn) {
    const text = session.signedIn
      ? "The gateway has a session for you, but sent no access token along with this page."
      : "You have signed out since this page was loaded.";
    document.getElementById("session").textContent = text;
    return;
  }
  for (const place of document.querySelectorAll("[data-session]")) {
    fill(place, session[place.dataset.session]);
  }
}

function fill(place, value) {
  const text = Array.isArray(value) ? value.map(nameOf).join(", ") : (value ?? "");
  if (text === "") {
    return;
  }
  place.textContent = (place.dataset.before ?? "") + text;
  place.closest("[hidden]")?.removeAttribute("hidden");
}

function nameOf(entry) {
  return typeof entry === "string" ? entry : (entry.name ?? entry.id);
}

showSession().catch(() => {});
