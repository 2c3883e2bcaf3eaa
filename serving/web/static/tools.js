/** The buttons below the paper, and the shortcut that every drawing program has. */

/** @param {Drawing} drawing What they change. */
export function showTools(drawing) {
  const [undo, clear] = ["undo", "clear"].map((id) => document.getElementById(id));
  undo.addEventListener("click", () => drawing.undo());
  clear.addEventListener("click", () => drawing.clear());
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    drawing.undo();
  });

  function update() {
    // Not disabled: a button that is would lose the focus, and the keyboard its place.
    undo.ariaDisabled = String(!drawing.canUndo);
    clear.ariaDisabled = String(drawing.isEmpty);
    document.body.classList.toggle("drawn", !drawing.isEmpty);
  }
  for (const type of ["extended", "replaced"]) drawing.addEventListener(type, update);
}
