/** A drawing as a small picture. */

import { SIDE } from "./drawing.js";

const NAMESPACE = "http://www.w3.org/2000/svg";

/** @returns {SVGElement} For the eye only: who cannot see it is told by the text beside it. */
export function doodle(strokes) {
  const picture = document.createElementNS(NAMESPACE, "svg");
  picture.setAttribute("viewBox", `0 0 ${SIDE} ${SIDE}`);
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(NAMESPACE, "path");
  path.setAttribute("d", strokes.map(([xs, ys]) => `M${xs.map((x, index) => `${x} ${ys[index]}`).join("L")}`).join(""));
  picture.append(path);
  return picture;
}
