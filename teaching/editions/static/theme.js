"use strict";
/* Light or dark: as the system has it, until the reader chooses. The choice is kept, if the browser
   allows that for the page. */

const theme = {
  page: document.documentElement,
  dark: matchMedia("(prefers-color-scheme: dark)"),

  /** "light" or "dark": what is shown now. */
  get now() {
    return this.page.dataset.theme || (this.dark.matches ? "dark" : "light");
  },

  /** Show the other one, and remember it. */
  toggle() {
    this.page.dataset.theme = this.now === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("theme", this.page.dataset.theme);
    } catch { /* no storage here: the choice holds for this page */ }
    return this.now;
  },
};

try {
  const kept = localStorage.getItem("theme");
  if (kept === "light" || kept === "dark") theme.page.dataset.theme = kept;
} catch { /* no storage here */ }
