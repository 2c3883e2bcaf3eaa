/**
 * When to ask what a drawing shows: soon after ink was added, one question at a time.
 *
 * While a question is open no second one is sent; what has been drawn meanwhile is asked about as soon as the answer is
 * there. So answers keep coming while the pen moves, from a slow server too. A question about strokes that have been taken
 * back is cancelled: its answer would be about another drawing.
 *
 * Sends the events "answer" (a CustomEvent, its detail the guesses), "nothing" when the paper is empty, and "trouble"
 * (its detail a sentence); after trouble it goes on asking.
 */

const PAUSE_MS = 120;
const RETRY_MS = 2000;

export class Guesses extends EventTarget {
  #drawing;
  #predict;
  #timer = null;
  #question = null; // the AbortController of the open one
  #hasNewInk = false;

  /**
   * @param {Drawing} drawing What is asked about.
   * @param {(strokes: number[][][], signal: AbortSignal) => Promise<object[]>} predict Asks.
   */
  constructor(drawing, predict) {
    super();
    this.#drawing = drawing;
    this.#predict = predict;
    drawing.addEventListener("extended", () => this.#askSoon());
    drawing.addEventListener("replaced", () => this.#startOver());
    drawing.addEventListener("frozen", () => this.#drop());
  }

  #askSoon(pause = PAUSE_MS) {
    this.#hasNewInk = true;
    if (this.#question || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#ask();
    }, pause);
  }

  #drop() {
    this.#question?.abort();
    this.#question = null;
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  #startOver() {
    this.#drop();
    if (this.#drawing.isEmpty) this.dispatchEvent(new Event("nothing"));
    else this.#askSoon();
  }

  async #ask() {
    const question = (this.#question = new AbortController());
    this.#hasNewInk = false;
    let event;
    try {
      event = new CustomEvent("answer", { detail: await this.#predict(this.#drawing.strokes, question.signal) });
    } catch (error) {
      event = new CustomEvent("trouble", { detail: error.message });
    }
    if (question.signal.aborted) return;
    this.#question = null;
    if (event.type === "trouble") this.#askSoon(RETRY_MS);
    else if (this.#hasNewInk) this.#askSoon();
    this.dispatchEvent(event);
  }
}
