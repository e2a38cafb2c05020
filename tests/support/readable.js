// What makes a page hard to read, as lists of places; test_lessons_rendered.py runs it in Chromium.
const LETTER = /[\p{L}\p{N}]/u;
const place = (element) => element.closest(".jp-Cell")?.id + " " + element.className;

// Outputs that reach beyond their room, where a reader would have to scroll to the side.
const overflowing = (width, size) => {
  document.body.style.width = `${width}px`;
  document.documentElement.style.setProperty("--jp-content-font-size1", `${size}px`);
  return [...document.querySelectorAll(".trax, .trax .card, .trax .scroll")]
    .filter((box) => box.scrollWidth > box.clientWidth + 1)
    .map((box) => `${place(box)}: ${box.scrollWidth - box.clientWidth} px`);
};

// Outputs whose letters do not have the size of the page's text.
const otherSizes = (size) =>
  [...document.querySelectorAll(".trax, .trax pre, .trax table")]
    .filter((one) => Math.abs(parseFloat(getComputedStyle(one).fontSize) - size) > 0.06 * size)
    .map(place);

const canvas = document.createElement("canvas");
canvas.width = canvas.height = 1;
const pen = canvas.getContext("2d", { willReadFrequently: true });

// Red, green, blue and alpha from 0 to 1, of a colour in any notation.
const parts = (color) => {
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = color;
  pen.fillRect(0, 0, 1, 1);
  return [...pen.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
};

const over = ([r, g, b, alpha], under) =>
  [r, g, b].map((part, place) => part * alpha + under[place] * (1 - alpha));

const luminance = (color) => {
  const [r, g, b] = color.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const background = (element) => {
  const under = element.parentElement ? background(element.parentElement) : [1, 1, 1];
  return over(parts(getComputedStyle(element).backgroundColor), under);
};

const opacity = (element) =>
  element ? getComputedStyle(element).opacity * opacity(element.parentElement) : 1;

// The contrast of an element's letters with what is behind them (WCAG 2.2, 1.4.3).
const contrast = (element) => {
  const behind = background(element);
  const [r, g, b, alpha] = parts(getComputedStyle(element).color);
  const letters = over([r, g, b, alpha * opacity(element)], behind);
  const [low, high] = [luminance(letters), luminance(behind)].sort((one, two) => one - two);
  return (high + 0.05) / (low + 0.05);
};

// Elements of outputs with letters that are too faint.
const faint = (least) =>
  [...document.querySelectorAll(".trax, .trax *")]
    .filter((one) => one.tagName !== "STYLE")
    .filter((one) => [...one.childNodes].some((n) => n.nodeType === 3 && LETTER.test(n.data)))
    .map((one) => [contrast(one), one])
    .filter(([found]) => found < least)
    .map(([found, one]) => `${place(one)} "${one.textContent.slice(0, 30)}": ${found.toFixed(2)}`);

Object.assign(window, { overflowing, otherSizes, faint });
