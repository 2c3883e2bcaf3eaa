/** The two questions that the page asks its server: what the model is, and what a drawing shows. */

const TIMEOUT_MS = 10_000;

/** A question without an answer; the message is a sentence for the reader. */
export class ServerTrouble extends Error {}

/** @returns {Promise<{name: string, words: string[]}>} The model's name and the words it knows, maybe none. */
export function fetchModel() {
  return ask("model.json");
}

/**
 * Calls TensorFlow Serving's REST API.
 *
 * @param {string} modelName
 * @param {number[][][]} drawing Simplified strokes.
 * @param {AbortSignal} signal Ends the call; the promise is then rejected with the signal's reason.
 * @returns {Promise<{word: string, score: number}[]>} The best words and their scores, 0..1, best first.
 */
export async function predict(modelName, drawing, signal) {
  const path = `v1/models/${encodeURIComponent(modelName)}:predict`;
  const body = JSON.stringify({ instances: [JSON.stringify(drawing)] });
  const { predictions } = await ask(path, { method: "POST", body, signal });
  const [{ words, scores }] = predictions;
  return words.map((word, index) => ({ word, score: scores[index] })).filter(({ word }) => word);
}

async function ask(path, { signal, ...options } = {}) {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(path, { ...options, signal: signal ? AbortSignal.any([signal, limit]) : limit });
    const answer = await response.json();
    if (response.ok) return answer;
    throw new ServerTrouble(`The server cannot answer: ${answer.error ?? response.status}.`);
  } catch (error) {
    if (error instanceof ServerTrouble || signal?.aborted) throw error;
    throw new ServerTrouble("The server does not answer. Is quickdraw serve still running?");
  }
}
