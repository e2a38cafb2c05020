// The whole front end. Whatever the server or the address bar says goes into the page as text
// (textContent), never as HTML (innerHTML): text cannot run.

const at = id => document.getElementById(id);

// Send a request to our API; give what it answers, or throw the sentence of its `.error`.
async function api(method, path, body) {
  const options = { method };
  if (body) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  const answer = await fetch("/api/" + path, options);  // the browser adds the cookie by itself
  const said = answer.status === 204 ? null : await answer.json();
  if (answer.ok) return said;
  const error = new Error(said.error);
  error.status = answer.status;
  throw error;
}

// Run something that may fail, and say in the page why it did.
async function trying(action) {
  at("said").hidden = true;
  try {
    await action();
  } catch (error) {
    at("said").textContent = error.message;
    at("said").hidden = false;
    if (error.status === 401) show(null);
  }
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
  const { email, password } = at("door").elements;
  const path = event.submitter?.name || "signin";
  trying(async () => {
    const user = await api("POST", path, { email: email.value, password: password.value });
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
} catch {
  show(null);  // nobody is signed in: that is no error
}
