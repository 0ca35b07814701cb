// Lists and adds books. What a person is told depends on the status of the answer, whether the gateway or the
// Bookstore gave it.

const list = document.getElementById("books");
const form = document.getElementById("add");
const signInAgain = `${document.body.dataset.signIn}/sign-in?return_to=/books`;

async function showBooks() {
  say("books-status", "Loading the books …");
  const response = await call("GET");
  if (!response.ok) {
    await complain("books-status", response, "read", retryButton());
    return;
  }
  const books = await response.json();
  list.replaceChildren(...books.map(entry));
  say("books-status", books.length === 0 ? "The shelf is empty." : "");
}

async function addBook(event) {
  event.preventDefault();
  say("add-status", "Adding …");
  const response = await call("POST", Object.fromEntries(new FormData(form)));
  if (!response.ok) {
    await complain("add-status", response, "add");
    return;
  }
  const book = await response.json();
  list.append(entry(book));
  form.reset();
  say("books-status", "");
  say("add-status", `Added “${book.title}”.`);
}

/** An answer of the API; status 0 if there was none. */
async function call(method, body) {
  const headers = { Accept: "application/json", ...(body && { "Content-Type": "application/json" }) };
  try {
    return await fetch("/api/books", { method, headers, body: body && JSON.stringify(body) });
  } catch {
    return Response.error();
  }
}

async function complain(place, response, verb, retry = "") {
  switch (response.status) {
    case 401:
      return refuse(place, "You are signed out. ", link("Sign in again", signInAgain));
    case 403:
      return refuse(place, `Your account may not ${verb} books: ask for the role bookseller.`);
    case 400:
    case 409:
      return refuse(place, await reason(response));
    case 0:
    case 502:
    case 503:
    case 504:
      return refuse(place, "The Bookstore cannot answer right now. Please try again in a moment. ", retry);
    default:
      return refuse(place, `Something went wrong (status ${response.status}). `, retry);
  }
}

/** What a problem document says: its complaints about single fields, or else its detail. */
async function reason(response) {
  const problem = await response.json().catch(() => ({}));
  const complaints = (problem.errors ?? []).map(({ field, message }) => `The ${field} ${message}.`);
  return complaints.join(" ") || (problem.detail ?? "The book was refused.");
}

function say(place, ...parts) {
  const status = document.getElementById(place);
  status.classList.remove("bad");
  status.replaceChildren(...parts);
}

function refuse(place, ...parts) {
  say(place, ...parts);
  document.getElementById(place).classList.add("bad");
}

function entry({ title, author }) {
  return element("li", title, element("span", author));
}

function link(text, href) {
  return Object.assign(element("a", text), { href });
}

function retryButton() {
  const button = Object.assign(element("button", "Try again"), { type: "button" });
  button.addEventListener("click", showBooks);
  return button;
}

function element(name, ...content) {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}

form.addEventListener("submit", addBook);
showBooks();
