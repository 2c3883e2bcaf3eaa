/** The canvas: shows a drawing, and where the keyboard's pen is, sharp on any screen and in the page's own colours. */

import { SIDE } from "./drawing.js";

const LINE_WIDTH = 9; // paper units
const CURSOR_RADIUS = 14;

export class Paper {
  #canvas;
  #context;
  #drawing;
  #cursor = null;
  #isPending = false;

  constructor(canvas, drawing) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    this.#drawing = drawing;
    for (const type of ["extended", "replaced"]) drawing.addEventListener(type, () => this.#paintSoon());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#paintSoon());
    new ResizeObserver(() => this.#fit()).observe(canvas);
  }

  /** Shows the keyboard's pen, `{x, y, isDown}`, or none. */
  set cursor(cursor) {
    this.#cursor = cursor;
    this.#paintSoon();
  }

  /** Where an event of a pointer lies, in paper units; a pen that leaves the paper stays at its edge. */
  toPaper({ clientX, clientY }) {
    const box = this.#canvas.getBoundingClientRect();
    const within = (value) => Math.min(Math.max(value, 0), 1) * SIDE;
    return [within((clientX - box.left) / box.width), within((clientY - box.top) / box.height)];
  }

  #fit() {
    this.#canvas.width = this.#canvas.height = Math.round(this.#canvas.clientWidth * devicePixelRatio);
    this.#paint();
  }

  /** Once a frame at most: a pen tells of itself far more often than a screen shows. */
  #paintSoon() {
    if (this.#isPending) return;
    this.#isPending = true;
    requestAnimationFrame(() => {
      this.#isPending = false;
      this.#paint();
    });
  }

  #paint() {
    const context = this.#context;
    const scale = this.#canvas.width / SIDE;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, SIDE, SIDE);
    context.lineCap = context.lineJoin = "round";
    context.lineWidth = LINE_WIDTH;
    context.strokeStyle = context.fillStyle = getComputedStyle(this.#canvas).color;
    for (const stroke of this.#drawing.strokes) paintStroke(context, stroke);
    if (this.#cursor) paintCursor(context, this.#cursor);
  }
}

/** Straight from point to point: curves would look smoother, but the model does not see them. */
function paintStroke(context, [xs, ys]) {
  context.beginPath();
  xs.forEach((x, index) => context.lineTo(x, ys[index]));
  // A tap has one point, and a line needs two to be seen.
  context.lineTo(xs.at(-1), ys.at(-1));
  context.stroke();
}

function paintCursor(context, { x, y, isDown }) {
  context.lineWidth = 3;
  context.beginPath();
  context.arc(x, y, CURSOR_RADIUS, 0, 2 * Math.PI);
  if (isDown) context.fill();
  for (const [along, across] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    context.moveTo(x + along * CURSOR_RADIUS, y + across * CURSOR_RADIUS);
    context.lineTo(x + along * CURSOR_RADIUS * 2.2, y + across * CURSOR_RADIUS * 2.2);
  }
  context.stroke();
}
