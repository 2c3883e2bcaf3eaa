// Usage: node predict.mjs HOST:PORT DRAWING...     a drawing is the JSON text of its strokes
import { status } from "@grpc/grpc-js";
import { DoodleClient } from "./doodle_client.mjs";

const [target, ...drawings] = process.argv.slice(2);
const client = new DoodleClient(target);
try {
  for (const guesses of await client.predict(drawings)) {
    console.log(guesses.map(({ word, score }) => `${word} ${score.toFixed(2)}`).join("  "));
  }
} catch ({ code, details }) {
  console.error(`${status[code]}: ${details}`);
  process.exitCode = 1;
} finally {
  client.close();
}
