/** Shows the guesses: a sentence, and the best words with bars as long as they are likely. */

import { hideTrouble, showTrouble } from "./trouble.js";
import { opinion, percent, readable } from "./words.js";

const INVITATION = "Draw something. I guess while you draw.";

/**
 * @param {Guesses} guesses What is shown.
 * @param {(sentence: string) => void} say Tells screen readers.
 */
export function showGuesses(guesses, say) {
  const sentence = document.getElementById("sentence");
  const rows = [...document.querySelectorAll("#guesses li")];

  function showBest(best) {
    rows.forEach((row, index) => fillRow(row, best[index]));
    hideTrouble();
  }

  guesses.addEventListener("answer", ({ detail: best }) => {
    const [before, word, after] = opinion(best);
    const name = document.createElement("strong");
    name.textContent = word;
    sentence.replaceChildren(before, name, after);
    showBest(best);
    say(`${before}${word}${after}`);
  });
  guesses.addEventListener("nothing", () => {
    sentence.textContent = INVITATION;
    showBest([]);
  });
  guesses.addEventListener("trouble", ({ detail: what }) => {
    showTrouble(`${what} Your drawing stays, and I keep asking.`);
  });
}

function fillRow(row, guess) {
  const [word, share] = row.querySelectorAll("span");
  row.classList.toggle("empty", !guess);
  row.style.setProperty("--at", guess ? guess.score : 0);
  word.textContent = guess ? readable(guess.word) : "";
  share.textContent = guess ? percent(guess.score) : "";
}
