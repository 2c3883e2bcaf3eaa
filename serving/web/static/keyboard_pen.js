/** Draws with the keyboard, while the canvas has the focus: arrows move the pen, the space bar puts it down and lifts it. */

import { SIDE } from "./drawing.js";

const STEP = 25; // paper units
const FINE_STEP = 5;
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {HTMLCanvasElement} canvas Takes the focus.
 * @param {Drawing} drawing What the pen draws.
 * @param {Paper} paper Shows where the pen is.
 * @param {(sentence: string) => void} say Tells who cannot see the pen.
 */
export function followKeys(canvas, drawing, paper, say) {
  const held = new Set();
  const pen = { x: SIDE / 2, y: SIDE / 2, isDown: false };

  function move(step) {
    // All that are held, so that two arrows draw a diagonal.
    for (const key of held) {
      pen.x = clamped(pen.x + DIRECTIONS[key][0] * step);
      pen.y = clamped(pen.y + DIRECTIONS[key][1] * step);
    }
    if (pen.isDown) drawing.extend(pen.x, pen.y);
  }

  function lift() {
    pen.isDown = false;
    held.clear();
  }

  function tell() {
    paper.cursor = { ...pen };
    const [across, down] = [pen.x, pen.y].map((value) => Math.round((value / SIDE) * 100));
    say(`Pen ${pen.isDown ? "down" : "up"}, ${across} % across, ${down} % down.`);
  }

  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in DIRECTIONS) {
      held.add(event.key);
      move(event.shiftKey ? FINE_STEP : STEP);
    } else if (event.key === " " && !event.repeat) pen.isDown = !pen.isDown && drawing.begin(pen.x, pen.y);
    else if (event.key === "Backspace") drawing.undo();
    else if (event.key === "Delete") drawing.clear();
    else if (event.key !== " ") return;
    event.preventDefault();
    tell();
  });
  canvas.addEventListener("keyup", (event) => held.delete(event.key));
  for (const type of ["blur", "pointerdown"]) {
    canvas.addEventListener(type, () => {
      lift();
      paper.cursor = null;
    });
  }
  for (const type of ["replaced", "frozen"]) drawing.addEventListener(type, lift);
}

function clamped(value) {
  return Math.min(Math.max(value, 0), SIDE);
}
