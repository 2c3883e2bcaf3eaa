// Usage: node many_at_once.mjs HOST:PORT     asks 200 times at once over one connection, with 1 to 200 drawings
import { DoodleClient } from "./doodle_client.mjs";

const client = new DoodleClient(process.argv[2], undefined, { "grpc.default_compression_algorithm": 2 }); // gzip
const drawing = "[[[0,255],[0,255]]]";
const sizes = Array.from({ length: 200 }, (_, index) => index + 1);
const answers = await Promise.all(sizes.map((size) => client.predict(Array(size).fill(drawing))));
client.close();
const words = new Set(answers.flat().map(([first]) => first.word));
console.log(JSON.stringify({ sizes: answers.map((answer) => answer.length), words: [...words] }));
