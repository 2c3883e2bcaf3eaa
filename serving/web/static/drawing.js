/**
 * What has been drawn: strokes `[xs, ys]` in paper units, 0 to SIDE in both directions, and the way back.
 *
 * Sends the event "extended" when ink was added, "replaced" when strokes are no longer what they were, and "frozen".
 */

export const SIDE = 1000;

export class Drawing extends EventTarget {
  #strokes = [];
  #past = [];
  #isFrozen = false;

  get strokes() {
    return this.#strokes;
  }

  get isEmpty() {
    return this.#strokes.length === 0;
  }

  /** How far the pen has gone, in paper units. */
  get length() {
    return this.#strokes.reduce((sum, stroke) => sum + strokeLength(stroke), 0);
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  /** Puts the pen down; returns whether there is now a stroke to extend. */
  begin(x, y) {
    if (this.#isFrozen) return false;
    this.#past.push(this.#strokes);
    this.#strokes = [...this.#strokes, [[x], [y]]];
    this.dispatchEvent(new Event("extended"));
    return true;
  }

  /** Adds a point to the last stroke, unless the pen has not moved. */
  extend(x, y) {
    const [xs, ys] = this.#strokes.at(-1);
    if (x === xs.at(-1) && y === ys.at(-1)) return;
    xs.push(x);
    ys.push(y);
    this.dispatchEvent(new Event("extended"));
  }

  /** Takes back the last stroke, or the last clear: a slip of the finger costs no drawing. */
  undo() {
    if (this.canUndo && !this.#isFrozen) this.#replace(this.#past.pop());
  }

  clear() {
    if (this.isEmpty || this.#isFrozen) return;
    this.#past.push(this.#strokes);
    this.#replace([]);
  }

  /** From here on the drawing stays as it is, and pens that are down are lifted. */
  freeze() {
    this.#isFrozen = true;
    this.dispatchEvent(new Event("frozen"));
  }

  thaw() {
    this.#isFrozen = false;
  }

  /** A fresh sheet to draw on, with no way back. */
  restart() {
    this.#isFrozen = false;
    this.#past = [];
    this.#replace([]);
  }

  #replace(strokes) {
    this.#strokes = strokes;
    this.dispatchEvent(new Event("replaced"));
  }
}

function strokeLength([xs, ys]) {
  return xs.slice(1).reduce((sum, x, index) => sum + Math.hypot(x - xs[index], ys[index + 1] - ys[index]), 0);
}
