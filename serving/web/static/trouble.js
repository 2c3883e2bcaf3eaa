/** Tells what went wrong, in a sentence that screen readers say at once. */

const region = document.getElementById("trouble");

export function showTrouble(sentence) {
  region.textContent = sentence;
  region.hidden = false;
}

export function hideTrouble() {
  region.hidden = true;
}
