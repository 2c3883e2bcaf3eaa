/** Shows which words the model knows: who has no idea what to draw finds one there. */

import { readable } from "./words.js";

const FEW = 12;

/** @param {{words: string[]}} model */
export function showModel({ words }) {
  const known = document.getElementById("known");
  known.querySelector("summary").textContent = `The ${words.length} words I know`;
  known.querySelector("p").textContent = words.map(readable).join(", ");
  known.hidden = words.length === 0;
  known.open ||= words.length <= FEW;
  // A model that was not trained by this project does not tell its words, so it has none to ask for.
  document.querySelector(".invitation").hidden = known.hidden;
}
