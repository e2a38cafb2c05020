"use strict";
/* The button for light or dark, and all answers opened for the printer. */

const button = document.getElementById("theme");

/** Say what a click on the button gives. */
function label() {
  button.textContent = theme.now === "dark" ? "Light page" : "Dark page";
}

button.hidden = false;  // without scripts it would do nothing
button.addEventListener("click", () => {
  theme.toggle();
  label();
});
theme.dark.addEventListener("change", label);
label();

let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  for (const one of closed) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of closed) one.open = false;
});

/* A link to a place that is folded opens it. */
function unfold() {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let one = place?.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
}
addEventListener("hashchange", unfold);
unfold();

/* The page's own line of the contents is in sight. */
const contents = document.getElementById("contents");
const here = contents.querySelector("[aria-current]");
if (here) contents.scrollTop = here.offsetTop - contents.offsetTop - 120;

/* What scrolls sideways, such as a wide table on a phone, can be reached with the Tab key. */
const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
document.querySelectorAll(".output, .scroll, .text > table").forEach((one) => watch.observe(one));
