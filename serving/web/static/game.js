/**
 * The rules of "draw me a ...": words in turn, some seconds for each. How it looks is for others.
 *
 * A word is recognised when it is the model's first guess and no longer a question, and there is some ink: a model of a
 * few words takes every dot for one of them. Sends the events "asked" when there is a
 * word to read, "playing" when its time begins, "tick" about once a second, "recognised" or "missed" when it ends, "over"
 * after the last word, and "stopped" when the game is given up.
 */

import { SIDE } from "./drawing.js";
import { QUITE_SURE } from "./words.js";

export const SECONDS = 20;
const ROUNDS = 6;
const LEAST_INK = SIDE / 2;
const TICK_MS = 1000;
const BREATH_MS = 1800;

export class Game extends EventTarget {
  /** Whether each word has a time limit. */
  hasClock = true;
  /** `{word}` each; once played also `isRecognised`, `seconds` it took and the `strokes`. */
  rounds = [];
  #index = 0;
  #isPlaying = false;
  #began = 0;
  #timer = null;
  #drawing;

  /** @param {Drawing} drawing Where the player draws; each word begins on a fresh sheet. */
  constructor(drawing) {
    super();
    this.#drawing = drawing;
  }

  /** The number of the word, from 1. */
  get number() {
    return this.#index + 1;
  }

  get round() {
    return this.rounds[this.#index];
  }

  /** The word before, or undefined. */
  get previousRound() {
    return this.rounds[this.#index - 1];
  }

  get secondsLeft() {
    return Math.max(0, Math.ceil(SECONDS - this.#elapsed()));
  }

  /** @param {string[]} words At least one, of which some are chosen. */
  start(words) {
    this.rounds = shuffled(words).slice(0, ROUNDS).map((word) => ({ word }));
    this.#index = 0;
    this.#send("asked");
  }

  /** The player has read the word. */
  play() {
    this.#drawing.restart();
    this.#isPlaying = true;
    this.#began = performance.now();
    this.#tickLater();
    this.#send("playing");
  }

  /** What the model sees now, best first. */
  hear([best]) {
    const isRight = best?.word === this.round?.word && best?.score >= QUITE_SURE;
    if (this.#isPlaying && isRight && this.#drawing.length >= LEAST_INK) this.#finish(true);
  }

  /** The player does not want this word. */
  skip() {
    if (this.#isPlaying) this.#finish(false);
  }

  stop() {
    this.#rest();
    this.#send("stopped");
  }

  #tickLater() {
    this.#timer = setTimeout(() => {
      this.#send("tick");
      if (this.hasClock && this.secondsLeft === 0) this.#finish(false);
      else this.#tickLater();
    }, TICK_MS);
  }

  #finish(isRecognised) {
    this.#rest();
    // What was right stays right to see: a pen that goes on would bring the next guess.
    this.#drawing.freeze();
    Object.assign(this.round, { isRecognised, seconds: this.#elapsed(), strokes: this.#drawing.strokes });
    this.#timer = setTimeout(() => this.#goOn(), BREATH_MS);
    this.#send(isRecognised ? "recognised" : "missed");
  }

  #goOn() {
    if (this.number < this.rounds.length) {
      this.#index++;
      this.#send("asked");
    } else {
      this.#drawing.thaw();
      this.#send("over");
    }
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#isPlaying = false;
    this.#drawing.thaw();
  }

  #elapsed() {
    return (performance.now() - this.#began) / 1000;
  }

  #send(type) {
    this.dispatchEvent(new Event(type));
  }
}

function shuffled(words) {
  const deck = [...words];
  for (let last = deck.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [deck[last], deck[other]] = [deck[other], deck[last]];
  }
  return deck;
}
