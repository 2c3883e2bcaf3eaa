/**
 * Brings a drawing into the form of the Quick, Draw! data set, which is the one that models learn from: moved to the
 * top left, scaled so that its longer side is 255, every stroke resampled at 1 pixel and thinned out with the
 * Ramer-Douglas-Peucker algorithm. It is components/simplification.py once more, whose docstring tells why each step
 * is as it is; a test compares the two.
 */

const EPSILON = 2;
const LARGEST = 255;

/**
 * @param {number[][][]} strokes `[xs, ys]` each, at least one, of finite numbers in any unit.
 * @returns {number[][][]} As many strokes, each of at least two points, integers 0..255.
 */
export function simplify(strokes) {
  return alignAndScale(strokes).map((points) => {
    const corners = findCorners(resample(points));
    return [corners.map(([x]) => roundToEven(x)), corners.map(([, y]) => roundToEven(y))];
  });
}

/** Lists of points `[x, y]`: the smallest x and y are 0, the largest of all is 255; without extent all are 0. */
function alignAndScale(strokes) {
  const [left, top] = [0, 1].map((axis) => smallest(strokes.map((stroke) => smallest(stroke[axis]))));
  const moved = strokes.map(([xs, ys]) => xs.map((x, index) => [x - left, ys[index] - top]));
  const extent = -smallest(moved.flat(2).map((value) => -value));
  return extent ? moved.map((points) => points.map((point) => point.map((value) => (value / extent) * LARGEST))) : moved;
}

/** Not Math.min(...values): a long stroke has more points than a call may have arguments. */
function smallest(values) {
  return values.reduce((least, value) => Math.min(least, value));
}

/** The points that lie 0, 1, 2... from the start, measured along the stroke, and its last point. */
function resample(points) {
  const way = [0];
  for (let index = 1; index < points.length; index++) {
    way.push(way[index - 1] + distance(points[index - 1], points[index]));
  }
  const length = way.at(-1);
  const samples = [];
  for (let at = 0, piece = 0; at <= length; at++) {
    while (piece < points.length - 1 && way[piece + 1] <= at) piece++;
    samples.push(piece === points.length - 1 ? points[piece] : pointBetween(piece, at));
  }
  return [...samples, points.at(-1)];

  function pointBetween(piece, at) {
    const [[x0, y0], [x1, y1]] = [points[piece], points[piece + 1]];
    const stretch = way[piece + 1] - way[piece];
    return [((x1 - x0) / stretch) * (at - way[piece]) + x0, ((y1 - y0) / stretch) * (at - way[piece]) + y0];
  }
}

/** Ramer-Douglas-Peucker; a stack takes the place of the recursion, so that a long stroke cannot exhaust it. */
function findCorners(points) {
  const kept = new Set([0, points.length - 1]);
  const pending = [[0, points.length - 1]];
  while (pending.length) {
    const [first, last] = pending.pop();
    const middle = furthest(points, first, last);
    if (middle === null) continue;
    kept.add(middle);
    pending.push([first, middle], [middle, last]);
  }
  return points.filter((_, index) => kept.has(index));
}

/** The point that is furthest from the line through both ends, the first of several; null if none is beyond EPSILON. */
function furthest(points, first, last) {
  const [start, end] = [points[first], points[last]];
  const chord = [end[0] - start[0], end[1] - start[1]];
  const length = Math.hypot(...chord);
  let largest = EPSILON * (length || 1);
  let found = null;
  for (let index = first + 1; index < last; index++) {
    const [x, y] = [points[index][0] - start[0], points[index][1] - start[1]];
    // The cross product is the distance times the chord's length; ends that are one point have no line.
    const far = length ? Math.abs(y * chord[0] - x * chord[1]) : Math.hypot(x, y);
    if (far > largest) [largest, found] = [far, index];
  }
  return found;
}

function distance([x0, y0], [x1, y1]) {
  return Math.hypot(x1 - x0, y1 - y0);
}

/** A half goes to the even neighbour, as in NumPy and the data; Math.round would always go up. */
function roundToEven(value) {
  const below = Math.floor(value);
  return value - below === 0.5 ? below + (below % 2) : Math.round(value);
}
