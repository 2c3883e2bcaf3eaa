/** Shows the game: the card with the next word, the clock, and the doodles at the end. */

import { SECONDS } from "./game.js";
import { doodle } from "./doodle.js";
import { readable } from "./words.js";

const CALLED_SECONDS = [10, 5];
const find = (id) => document.getElementById(id);

/**
 * @param {Game} game What is shown.
 * @param {HTMLElement} canvas Takes the focus when the player may draw.
 * @param {(sentence: string) => void} call Tells screen readers.
 */
export function showGame(game, canvas, call) {
  find("unhurried").addEventListener("change", ({ target }) => (game.hasClock = !target.checked));
  find("got-it").addEventListener("click", () => find("ask").close("play"));
  find("ask").addEventListener("close", ({ target }) => (target.returnValue === "play" ? game.play() : game.stop()));
  find("skip").addEventListener("click", () => game.skip());
  find("stop").addEventListener("click", () => game.stop());
  find("leave").addEventListener("click", () => find("over").close());

  game.addEventListener("asked", () => showCard(game));
  game.addEventListener("playing", () => {
    find("task-word").textContent = readable(game.round.word);
    showTask("playing");
    showClock(game);
    canvas.focus();
  });
  game.addEventListener("tick", () => {
    showClock(game);
    if (game.hasClock && CALLED_SECONDS.includes(game.secondsLeft)) call(`${game.secondsLeft} seconds left.`);
  });
  for (const end of ["recognised", "missed"]) {
    game.addEventListener(end, () => {
      showTask(end);
      call(verdict(game.round));
    });
  }
  game.addEventListener("stopped", () => showTask("idle"));
  game.addEventListener("over", () => {
    showTask("idle");
    showResult(game.rounds);
  });
}

/** Shows the bar above the paper; `state` is "playing", "recognised", "missed", or "idle" for no bar. */
function showTask(state) {
  const { classList } = document.body;
  classList.remove("recognised", "missed");
  classList.toggle("in-game", state !== "idle");
  classList.add(state);
}

function showClock(game) {
  find("seconds").textContent = game.hasClock ? game.secondsLeft : "";
  find("clock").style.setProperty("--left", game.hasClock ? game.secondsLeft / SECONDS : 1);
}

function showCard(game) {
  showTask("idle");
  find("before").textContent = game.previousRound ? verdict(game.previousRound) : "";
  find("count").textContent = `Doodle ${game.number} of ${game.rounds.length}`;
  find("ask-word").textContent = readable(game.round.word);
  find("ask").returnValue = "";
  find("ask").showModal();
}

function verdict({ word, isRecognised }) {
  return isRecognised ? `Oh I know, it's ${readable(word)}!` : `I did not see ${readable(word)}.`;
}

function showResult(rounds) {
  const recognised = rounds.filter((round) => round.isRecognised).length;
  find("result").textContent = `I recognised ${recognised} of your ${rounds.length} doodles`;
  find("doodles").replaceChildren(...rounds.map(resultOf));
  find("over").showModal();
}

function resultOf({ word, isRecognised, seconds, strokes }) {
  const item = document.createElement("li");
  item.className = isRecognised ? "recognised" : "missed";
  const caption = document.createElement("p");
  caption.textContent = `${readable(word)} ${isRecognised ? `✓ ${Math.ceil(seconds)}\u00a0s` : "✗"}`;
  item.append(doodle(strokes), caption);
  return item;
}
