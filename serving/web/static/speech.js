/**
 * Says a sentence to screen readers, the last of a quick row only: nobody can listen to ten guesses a second.
 *
 * @param {HTMLElement} region An aria-live region.
 * @param {number} pause Milliseconds of silence before a sentence is said.
 * @returns {(sentence: string) => void}
 */
export function speaker(region, pause) {
  let timer = null;
  return (sentence) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      // Some readers say a text again when it is replaced by itself.
      if (region.textContent !== sentence) region.textContent = sentence;
    }, pause);
  };
}
