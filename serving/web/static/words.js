/** How the page puts things into words. */

const SURE = 0.75;
/** The score from which on a guess is no longer a question. */
export const QUITE_SURE = 0.5;

/** A label as people write it: `alarm_clock` is "alarm clock". */
export function readable(label) {
  return label.replaceAll("_", " ");
}

export function percent(score) {
  return score < 0.01 ? "< 1 %" : `${Math.round(score * 100)} %`;
}

/**
 * What the model has to say.
 *
 * @param {{word: string, score: number}[]} guesses Best first.
 * @returns {string[]} What comes before the word, the word, what comes after it.
 */
export function opinion(guesses) {
  if (!guesses.length) return ["I have never seen ", "anything like it", "."];
  const [{ word, score }, second] = guesses;
  if (score >= SURE) return ["Oh I know, it's ", readable(word), "!"];
  if (score >= QUITE_SURE || !second) return ["I think I see ", readable(word), "."];
  return ["Hmm… ", readable(word), `, or ${readable(second.word)}?`];
}
