"use strict";
/* Give a block on a slide the largest size in which it fits across, or, if it is alone, in all.

   `fits` says whether the slide is now as tall as the stage, or less. */

const SIZES = {
  code: [22, 21, 20, 19, 18, 17, 16],  // pixels of the font on the stage
  output: [1.45, 1.4, 1.35, 1.3, 1.25, 1.2, 1.15],  // times the 14 pixels of a notebook
  text: [27, 26, 25, 24, 23, 22, 21],
  picture: [1100, 1000, 900, 800, 700, 600],  // pixels across
};

/** Return the kind of a block, a key of SIZES. */
function kindOf(block) {
  if (block.matches("pre.code")) return "code";
  if (block.matches(".output")) return "output";
  return block.querySelector(":scope > img") ? "picture" : "text";
}

/** Give a block the size `size`. */
function resize(block, kind, size) {
  if (kind === "output") block.style.zoom = size;
  else if (kind === "picture") block.firstElementChild.style.width = `${size}px`;
  else block.style.fontSize = `${size}px`;
}

/** Return true if a line of code wraps, or a table is wider than its card. */
function tooWide(block, kind) {
  if (kind === "code") {
    const wrapped = block.offsetHeight;
    block.style.whiteSpace = "pre";
    const unwrapped = block.offsetHeight;
    block.style.whiteSpace = "";
    return wrapped > unwrapped;
  }
  return [block, ...block.querySelectorAll(".card, .scroll")].some(
    (one) => one.scrollWidth > one.clientWidth + 1);
}

/** Resize a block until it is not too wide; with `alone`, until the slide is not too tall either. */
function fit(block, fits, alone) {
  const kind = kindOf(block);
  block.classList.remove("break");
  for (const size of SIZES[kind]) {
    resize(block, kind, size);
    if (!tooWide(block, kind) && !(alone && !fits())) return;
  }
  if (kind === "output") block.classList.add("break");  // long values take several lines
}
