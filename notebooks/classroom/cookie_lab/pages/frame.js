"use strict";

// Inside the iframe: a page of our server asks our server, and reads its own cookies.
const here = location.pathname.replace(/[^/]+$/, "");
const ours = document.cookie.split("; ").filter((pair) => pair.startsWith("LAB-"));
fetch(here + "frame-fetch");
fetch(here + "frame-script", { method: "POST", body: ours.join("; ") });
