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
  const answer = await sent("/api/" + path, options);  // the browser adds the cookies by itself
  const said = await read(answer);
  if (answer.ok) return said;
  if (renew && said.code === "token_expired") {
    await renewed();
    return api(method, path, body, false);  // once: whatever comes now is the answer
  }
  const error = new Error(said.error);
  Object.assign(error, { status: answer.status, code: said.code });
  throw error;
}

function sent(url, options) {
  return fetch(url, options).catch(() => {
    throw new Error("TRAX cannot be reached. Please try again later.");
  });
}

// Give the JSON of an answer. Not every answer is ours: a proxy says in HTML that we are down.
async function read(answer) {
  if (answer.status === 204) return null;
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (isJson) return answer.json();
  throw new Error(`TRAX cannot be reached (status ${answer.status}). Please try again later.`);
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
    if (error.status === 401) leave();
  }
}

function say(error) {
  at("said").textContent = error.message;
  at("said").hidden = false;
  at("said").scrollIntoView({ block: "nearest" });  // in a narrow window it may be far above
  tell("");
}

// Tell what has happened: screen readers say it, and the focus stays where it is.
function tell(news) {
  at("news").textContent = news;
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

// Show the door. The button that a user has just clicked is gone, so focus the first field.
function leave() {
  const wasInside = !at("home").hidden;
  show(null);
  if (wasInside) at("signin").elements.email.focus();
}

async function list() {
  const word = new URLSearchParams(location.search).get("find") || "";
  const all = await api("GET", "playlists");
  const found = all.filter(one => folded(one.name).includes(folded(word)));
  at("find").elements.find.value = word;
  at("found").textContent = word ? `Playlists with “${word}”` : "Your playlists";
  at("playlists").replaceChildren(...found.map(row));
  return found.length === 1 ? "1 playlist" : `${found.length} playlists`;
}

// One spelling for letters that look alike: é is one character or two, and large or small.
function folded(text) {
  return text.normalize("NFKC").toLowerCase();
}

function row(playlist) {
  const name = document.createElement("bdi");  // Hebrew and Arabic names go from right to left
  name.textContent = playlist.name;
  const remove = document.createElement("button");
  remove.textContent = "Delete";
  remove.className = "second";
  remove.setAttribute("aria-label", `Delete ${playlist.name}`);
  const item = document.createElement("li");
  item.append(name, remove);
  remove.onclick = () => trying(async () => {
    const place = [...at("playlists").children].indexOf(item);
    await api("DELETE", `playlists/${playlist.id}`);
    tell(`Deleted “${playlist.name}”. ${await list()}.`);
    focusNear(place);
  });
  return item;
}

// The button that had the focus is gone: focus the next one, or the last, or the field for a name.
function focusNear(place) {
  const buttons = [...at("playlists").querySelectorAll("button")];
  (buttons[place] ?? buttons.at(-1) ?? at("add").elements.name).focus();
}

function entrance(form, signedIn) {
  form.onsubmit = event => {
    event.preventDefault();
    const { email, password, remember } = form.elements;
    const who = { email: email.value, password: password.value };
    trying(async () => {
      const user = await signedIn(who, remember.checked);
      await enter(user).catch(notKept);
      for (const one of [at("signin"), at("signup")]) one.reset();
      tell(`Signed in as ${user.email}.`);
      at("found").focus();
    });
  };
}

// The sign-in went well, and the next request has no session. The browser did not keep the cookie,
// or the server set none: no script can see which. Chrome, Edge and Firefox keep a Secure cookie over
// http if it comes from this computer. Safari does not.
function notKept(error) {
  if (error.code !== "not_signed_in") throw error;
  const overHttp = "Safari keeps no Secure cookie over http: use Chrome, Edge or Firefox, or https.";
  const blocked = "Cookies may be blocked in its settings.";
  error.message = "You are not signed in, because this browser has no session cookie of TRAX. " +
    (location.protocol === "http:" ? overHttp : blocked);
  throw error;
}

const signIn = (who, remember) => api("POST", "signin", { ...who, remember });

entrance(at("signin"), signIn);
entrance(at("signup"), async (who, remember) => {
  const user = await api("POST", "signup", who);
  return remember ? signIn(who, remember) : user;
});

at("add").onsubmit = event => {
  event.preventDefault();
  trying(async () => {
    const added = await api("POST", "playlists", { name: at("add").elements.name.value });
    at("add").reset();
    tell(`Added “${added.name}”. ${await list()}.`);
  });
};

at("find").onsubmit = event => {
  event.preventDefault();
  const word = at("find").elements.find.value;
  history.replaceState(null, "", word ? "?" + new URLSearchParams({ find: word }) : "/");
  trying(async () => tell(`Found ${await list()}.`));
};

at("signout").onclick = () => trying(async () => {
  await api("POST", "signout");
  leave();
  tell("Signed out.");
});

try {
  await enter(await api("GET", "me"));
} catch (error) {
  show(null);
  if (error.code !== "not_signed_in") say(error);  // that nobody is signed in is no error
}
