"use strict";
/* Find the sections that have all words of the question; those with a word in the heading first. */

const MOST = 40;
const field = document.getElementById("q");
const results = document.getElementById("results");

/** Return a text without capitals and accents. */
const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{Mn}/gu, "");
const searched = SECTIONS.map(([href, page, heading, text]) => (
  { href, page, heading, text, head: plain(`${page} ${heading}`), body: plain(text) }));

/** Return how well a section fits the words, 0 if one of them is missing. */
function score(section, words) {
  let sum = 0;
  for (const word of words) {
    const inHead = section.head.includes(word), times = section.body.split(word).length - 1;
    if (!inHead && !times) return 0;
    sum += (inHead ? 20 : 0) + Math.min(times, 9);
  }
  return sum;
}

/** Return a text around the first of the words, with the words marked. */
function excerpt(section, words) {
  const found = words.map((word) => section.body.indexOf(word)).filter((place) => place >= 0);
  const start = Math.max(0, (found.length ? Math.min(...found) : 0) - 60);
  const part = section.text.slice(start, start + 220);
  const line = document.createElement("p");
  let last = 0;
  const low = plain(part).length === part.length ? plain(part) : part.toLowerCase();
  while (last < part.length) {
    const next = words.map((word) => [low.indexOf(word, last), word]).filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0])[0];
    if (!next) break;
    const mark = document.createElement("mark");
    mark.textContent = part.substr(next[0], next[1].length);
    line.append(part.slice(last, next[0]), mark);
    last = next[0] + next[1].length;
  }
  line.prepend(start ? "… " : "");
  line.append(part.slice(last), start + 220 < section.text.length ? " …" : "");
  return line;
}

/** Return a result as an item of the list. */
function item(section, words) {
  const link = document.createElement("a");
  link.href = section.href;
  link.textContent = section.heading;
  const where = document.createElement("small");
  where.textContent = ` ${section.page}`;
  const one = document.createElement("li");
  one.append(link, where, excerpt(section, words));
  return one;
}

/** Show what fits the question. */
function search() {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  const fitting = words.length ? searched.map((one) => [score(one, words), one]).filter(([sum]) => sum) : [];
  fitting.sort((a, b) => b[0] - a[0]);
  results.replaceChildren(...fitting.slice(0, MOST).map(([, one]) => item(one, words)));
  const many = fitting.length > MOST ? `, the best ${MOST} are shown` : "";
  document.getElementById("found").textContent = words.length
    ? `${fitting.length} ${fitting.length === 1 ? "section has" : "sections have"} “${field.value}”${many}.` : "";
}

field.value = new URLSearchParams(location.search).get("q") || "";
field.addEventListener("input", search);
search();
