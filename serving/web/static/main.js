/** Puts the page together. */

import { Drawing } from "./drawing.js";
import { Game } from "./game.js";
import { showGame } from "./game_view.js";
import { showGuesses } from "./guess_view.js";
import { Guesses } from "./guesses.js";
import { followKeys } from "./keyboard_pen.js";
import { showModel } from "./model_view.js";
import { Paper } from "./paper.js";
import { followPointers } from "./pointer_pen.js";
import { fetchModel, predict } from "./server.js";
import { simplify } from "./simplify.js";
import { speaker } from "./speech.js";
import { showTools } from "./tools.js";
import { hideTrouble, showTrouble } from "./trouble.js";

const RETRY_MS = 2000;

const find = (id) => document.getElementById(id);
const canvas = find("canvas");
const say = speaker(find("voice"), 900);
const sayWherePenIs = speaker(find("pen"), 500);
const call = speaker(find("call"), 0);

const drawing = new Drawing();
const paper = new Paper(canvas, drawing);
followPointers(canvas, drawing, (event) => paper.toPaper(event));
followKeys(canvas, drawing, paper, sayWherePenIs);
showTools(drawing);

const guesses = new Guesses(drawing, async (strokes, signal) => predict(await knownModel(), simplify(strokes), signal));
showGuesses(guesses, say);

const game = new Game(drawing);
guesses.addEventListener("answer", ({ detail: best }) => game.hear(best));
showGame(game, canvas, call);
for (const button of document.querySelectorAll(".start")) button.addEventListener("click", startGame);

let model = null;
meetAtLast();

async function meetModel() {
  model = await fetchModel();
  showModel(model);
}

async function knownModel() {
  if (!model) await meetModel();
  return model.name;
}

async function meetAtLast() {
  try {
    await meetModel();
    hideTrouble();
  } catch (error) {
    showTrouble(`${error.message} I keep asking.`);
    setTimeout(meetAtLast, RETRY_MS);
  }
}

/** A new version may have other words, so every game asks for them. */
async function startGame() {
  find("over").close();
  try {
    await meetModel();
    if (model.words.length) game.start(model.words);
  } catch (error) {
    showTrouble(error.message);
  }
}
