// The whole front end. Whatever the server or the address bar says goes into the page as text
// (textContent), never as HTML (innerHTML): text cannot run.

const at = id => document.getElementById(id);

// Send a request to our API; give what it answers, or throw the sentence of its `.error`.
async function api(method, path, body, renew = true) {
  const options = { method };
  if (body) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  const answer = await fetch("/api/" + path, options);  // the browser adds the cookies by itself
  const said = answer.status === 204 ? null : await answer.json();
  if (answer.ok) return said;
  if (renew && said.code === "token_expired") {
    await renewed();
    return api(method, path, body, false);  // once: whatever comes now is the answer
  }
  const error = new Error(said.error);
  Object.assign(error, { status: answer.status, code: said.code });
  throw error;
}

// Renew the session when the server says that it is over, or throw why that cannot be. No clock here
// could know: scripts cannot read the token. However many requests are waiting for it, one asks.
let renewal = null;

function renewed() {
  renewal ??= api("POST", "refresh", undefined, false).finally(() => { renewal = null; });
  return renewal;
}

// Run something that may fail, and say in the page why it did.
async function trying(action) {
  at("said").hidden = true;
  try {
    await action();
  } catch (error) {
    say(error);
    if (error.status === 401) show(null);
  }
}

function say(error) {
  at("said").textContent = error.message;
  at("said").hidden = false;
}

function show(user) {
  at("door").hidden = user !== null;
  at("home").hidden = user === null;
  at("who").textContent = user ? user.email : "";
  document.body.dataset.user = user ? user.email : "";
}

async function enter(user) {
  show(user);
  await list();
}

async function list() {
  const word = new URLSearchParams(location.search).get("find") || "";
  const all = await api("GET", "playlists");
  const found = all.filter(one => one.name.toLowerCase().includes(word.toLowerCase()));
  at("find").elements.find.value = word;
  at("found").textContent = word ? `Playlists with “${word}”` : "Your playlists";
  at("playlists").replaceChildren(...found.map(row));
}

function row(playlist) {
  const remove = document.createElement("button");
  remove.textContent = "Delete";
  remove.className = "second";
  remove.setAttribute("aria-label", `Delete ${playlist.name}`);
  remove.onclick = () => trying(async () => {
    await api("DELETE", `playlists/${playlist.id}`);
    await list();
  });
  const item = document.createElement("li");
  item.append(playlist.name, remove);  // a string is appended as text
  return item;
}

at("door").onsubmit = event => {
  event.preventDefault();
  const { email, password, remember } = at("door").elements;
  const who = { email: email.value, password: password.value };
  const isNew = event.submitter?.name === "signup", remembered = remember.checked;
  trying(async () => {
    let user = isNew && await api("POST", "signup", who);
    if (!isNew || remembered) user = await api("POST", "signin", { ...who, remember: remembered });
    at("door").reset();
    await enter(user);
  });
};

at("add").onsubmit = event => {
  event.preventDefault();
  trying(async () => {
    await api("POST", "playlists", { name: at("add").elements.name.value });
    at("add").reset();
    await list();
  });
};

at("find").onsubmit = event => {
  event.preventDefault();
  const word = at("find").elements.find.value;
  history.replaceState(null, "", word ? "?" + new URLSearchParams({ find: word }) : "/");
  trying(list);
};

at("signout").onclick = () => trying(async () => {
  await api("POST", "signout");
  show(null);
});

try {
  await enter(await api("GET", "me"));
} catch (error) {
  show(null);
  if (error.code !== "not_signed_in") say(error);  // that nobody is signed in is no error
}
