"use strict";

// One page of a walk: send every request of its list, wait until all have arrived, then leave.
const tasks = JSON.parse(document.documentElement.dataset.tasks);

const make = (name, attributes, parent = document.body) => {
  const element = Object.assign(document.createElement(name), attributes);
  return parent.appendChild(element);
};

const form = (attributes) => make("form", { action: "", ...attributes }).submit();

const ownCookies = () =>
  document.cookie.split("; ").filter((pair) => pair.startsWith("LAB-")).join("; ");

// The requests for which the page stays open.
const ask = {
  "own-fetch": (url) => fetch(url),
  "then-fetch": (url) => fetch(url),
  "own-script": (url) => fetch(url, { method: "POST", body: ownCookies() }),
  "fetch": (url) => fetch(url, { credentials: "include" }),
  "fetch-post": (url) => fetch(url, { credentials: "include", method: "POST", body: "text" }),
  "fetch-default": (url) => fetch(url),
  "fetch-json": (url) =>
    fetch(url, {
      credentials: "include",
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    }),
  "beacon": (url) => navigator.sendBeacon(url, "text"),
  "image": (url) => make("img", { src: url, alt: "", hidden: true }),
  "script": (url) => make("script", { src: url }),
  "eventsource": (url) => new EventSource(url, { withCredentials: true }),
  "websocket": (url) => new WebSocket(url.replace("http", "ws")),
  "iframe": (url) => make("iframe", { src: url, hidden: true }),
  "sandboxed-iframe": (url) => make("iframe", { sandbox: "", src: url, hidden: true }),
  "form-into-iframe": (url) => {
    make("iframe", { name: "target", hidden: true });
    form({ action: url, method: "post", target: "target" });
  },
};

// The requests that lead to the next page.
const leave = {
  "go": (url) => location.assign(url),
  "link": (url) => make("a", { href: url }).click(),
  "form-get": (url) => form({ action: url, method: "get" }),
  "form-post": (url) => form({ action: url, method: "post" }),
  "refresh": (url) => make("meta", { httpEquiv: "refresh", content: `0; url=${url}` }),
  "reload": () => location.reload(),
};

const pause = (seconds) => new Promise((done) => setTimeout(done, 1000 * seconds));

const show = () => {
  document.getElementById("where").textContent = location.host;
  Object.assign(document.getElementById("progress"), { max: tasks.pages, value: tasks.page });
  for (const { action } of tasks.asks) {
    make("li", { textContent: action }, document.getElementById("asked"));
  }
};

addEventListener("load", async () => {
  show();
  for (const { action, url } of tasks.asks) {
    // Ignore that the script may not read a response: the server records what arrives.
    Promise.resolve(ask[action](url)).catch(() => {});
  }
  if (tasks.arrived) {
    await fetch(tasks.arrived);
  }
  await pause(tasks.wait);
  leave[tasks.leaves](tasks.to);
});
