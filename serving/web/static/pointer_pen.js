/** Draws with mouse, pen or finger. */

/**
 * @param {HTMLCanvasElement} canvas Where pointers are followed; its CSS keeps touches from scrolling.
 * @param {Drawing} drawing What they draw.
 * @param {(event: PointerEvent) => number[]} toPaper Where an event lies.
 */
export function followPointers(canvas, drawing, toPaper) {
  let pointer = null;

  canvas.addEventListener("pointerdown", (event) => {
    // The palm of the hand and the second finger are no pens.
    if (pointer !== null || event.button !== 0) return;
    if (!drawing.begin(...toPaper(event))) return;
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
  });

  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer) return;
    for (const point of positions(event)) drawing.extend(...toPaper(point));
  });

  for (const type of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(type, (event) => {
      if (event.pointerId === pointer) pointer = null;
    });
  }

  // The stroke under the pen may be gone; what is there then is not the pen's.
  for (const type of ["replaced", "frozen"]) drawing.addEventListener(type, () => (pointer = null));
}

/** All positions since the last event: a browser tells of a fast pen once a frame, and keeps those in between. */
function positions(event) {
  const coalesced = event.getCoalescedEvents?.() ?? [];
  return coalesced.length ? coalesced : [event];
}
