"use strict";
/* Lay the pieces of a lesson out on slides, none taller than the stage, then start reveal.js.

   A heading begins a slide. What a prediction waits for comes one step later: on the same slide if
   there is room, else on the next. What is too tall for a slide of its own gets smaller (fit.js),
   and what is still too tall is divided. */

const WIDTH = 1280, HEIGHT = 720;
const stage = document.querySelector(".slides");

/** Return an element of a class, with its content. */
function element(name, kind, ...content) {
  const made = document.createElement(name);
  made.className = kind;
  made.append(...content);
  return made;
}

/** Return a folded answer as a question and, one step later, its answer. */
function question(details) {
  const asked = element("p", "question", ...details.querySelector("summary").childNodes);
  details.querySelector("summary").remove();
  return [asked, element("p", "answer outcome", ...details.childNodes)];
}

/** Return the blocks of a piece, each of which may stand at the top of a slide. */
function blocks(piece) {
  const outcome = piece.matches(".outcome");
  if (piece.matches(".output")) return [element("div", outcome ? "output outcome" : "output", ...piece.childNodes)];
  const numbered = (one) => /^\d/.test(one.textContent);  // a question; the others are sources
  const found = [...piece.children].flatMap((one) => (
    !one.matches("details") ? [one] : numbered(one) ? question(one) : []));
  if (outcome) found.forEach((one) => one.classList.add("outcome"));
  return found;
}

/** The slides so far. */
const deck = {
  column: null,  // the slides under one heading
  slide: null,
  heading: "",

  /** Begin a slide with a heading. */
  begin(heading, kind) {
    if (!heading.matches("h3")) {
      this.column = element("section", "stack present");
      stage.append(this.column);
    }
    this.heading = [...heading.childNodes].filter((one) => !one.matches?.(".minutes"));
    this.open(kind, heading);
  },

  /** Begin a slide under the same heading, which it repeats in small. */
  proceed() {
    this.open("", element("p", "running", ...this.heading.map((one) => one.cloneNode(true))));
  },

  open(kind, first) {
    this.slide = element("section", `present ${kind}`, first);
    this.column.append(this.slide);
  },

  fits() {
    return deck.slide.offsetHeight <= HEIGHT;
  },

  /** Put a block on the slide, or on a next one if there is no room; divide it if need be. */
  add(block) {
    this.slide.append(block);
    fit(block, this.fits, false);
    if (this.fits()) return;
    if (this.slide.children.length > 2) {
      this.proceed();
      this.slide.append(block);
    }
    fit(block, this.fits, true);
    if (!this.fits()) this.divide(block);
  },

  /** Move the second half of a block to a next slide. */
  divide(block) {
    const rest = block.cloneNode(true);
    const [first, second] = [block, rest].map((one) => [...rowsOf(one)]);
    if (first.length < 2) return;
    const half = Math.ceil(first.length / 2);
    if (block.matches("ol")) rest.start = block.start + half;
    first.slice(half).forEach((row) => row.remove());
    second.slice(0, half).forEach((row) => row.remove());
    if (first[0].matches("tr")) afterTable(block).forEach((line) => line.remove());
    fit(block, this.fits, true);
    if (!this.fits()) this.divide(block);
    this.proceed();
    this.add(rest);
  },
};

/** Return the parts at which a block may be divided: items, rows of a table, parts of an output. */
function rowsOf(block) {
  if (block.matches("pre")) return [];  // the longest cells of the lessons fit
  if (block.matches("ul, ol")) return block.children;
  const body = block.querySelector("tbody");
  return (body && body.rows.length > 1 ? body : block.querySelector(".trax") || block).children;
}

/** Return what an output says below its table; it is said once, below the last rows. */
function afterTable(block) {
  const table = block.querySelector("table");
  const card = table.closest(".card") || table;
  return [...card.parentElement.children].filter(
    (one) => card.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
}

/** Let outcomes wait for a key if something to think about stands before them on their slide. */
function steps(slide) {
  let index = -1, last = "";
  let before = false;
  for (const block of slide.children) {
    const kind = block.matches(".output, .answer") ? "shown" : "said";
    if (block.matches(".outcome") && before) {
      if (kind === "shown" || last !== "said") index += 1;
      block.classList.add("fragment");
      block.dataset.fragmentIndex = index;
      last = kind;
    }
    before ||= block.matches(".predict, .question, .code, .output");
  }
}

/** Lay all pieces out. */
function layOut(pieces) {
  pieces.forEach((piece) => piece.remove());
  for (const piece of pieces) {
    const kind = piece.dataset.kind;
    for (const block of blocks(piece)) {
      const heading = block.matches("h1, h2, h3");
      if (block.matches("aside")) deck.slide.append(block);
      else if (heading && block.matches("h3") && deck.slide.children.length === 1) deck.add(block);
      else if (heading) deck.begin(block, kind);
      else deck.add(block);
      if (heading) deck.slide.classList.add(...kind.split(" ").filter(Boolean));
    }
  }
  for (const slide of stage.querySelectorAll("section")) slide.classList.remove("present");
  stage.querySelectorAll("section > section").forEach(steps);
}

layOut([...stage.children]);
stage.addEventListener("toggle", (event) => {
  event.target.closest("section").classList.toggle("unfolded", event.target.open);
}, true);
document.getElementById("theme").addEventListener("click", () => theme.toggle());
Reveal.initialize({
  width: WIDTH, height: HEIGHT, margin: 0, minScale: 0.1, maxScale: 4, center: false,
  hash: true, navigationMode: "linear", slideNumber: "c/t", transition: "none",
  keyboard: { 84: () => theme.toggle() },  // T
  plugins: [RevealNotes], pdfSeparateFragments: false,
}).then(() => { document.documentElement.dataset.ready = "yes"; });
