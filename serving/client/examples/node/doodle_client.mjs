// A client of TensorFlow Serving's Predict: drawings in, ranked words out.
import { fileURLToPath } from "node:url";
import grpc from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

// The .proto files are in no package; grpcurl writes down those of a running server (docs/serving.md).
const PROTOS = fileURLToPath(new URL("protos", import.meta.url));
const API = loadSync("tensorflow_serving/apis/prediction_service.proto", {
  includeDirs: [PROTOS],
  keepCase: true, // model_spec, not modelSpec: the names of the protos
  longs: Number,
  enums: String,
});
const { PredictionService } = grpc.loadPackageDefinition(API).tensorflow.serving;

export class DoodleClient {
  /** Connects at the first request; `options` are those of a gRPC channel. */
  constructor(target, credentials = grpc.credentials.createInsecure(), options = {}) {
    this.stub = new PredictionService(target, credentials, options);
  }

  /**
   * Asks for the words of drawings, each the JSON text of its strokes.
   *
   * Resolves to a list of {word, score} for each of them, best first; rejects with gRPC's error, that has a `code` and
   * `details`.
   */
  predict(drawings, { modelName = "quickdraw", seconds = 10 } = {}) {
    const request = { model_spec: { name: modelName }, inputs: { drawing: stringTensor(drawings) } };
    return new Promise((resolve, reject) => {
      this.stub.Predict(request, { deadline: Date.now() + 1000 * seconds }, (error, response) =>
        error ? reject(error) : resolve(guesses(response.outputs)),
      );
    });
  }

  close() {
    this.stub.close();
  }
}

function stringTensor(texts) {
  const string_val = texts.map((text) => Buffer.from(text));
  return { dtype: "DT_STRING", tensor_shape: { dim: [{ size: texts.length }] }, string_val };
}

function guesses({ words, scores }) {
  const [rows, columns] = words.tensor_shape.dim.map(({ size }) => size);
  const all = words.string_val.map((word, index) => ({ word: word.toString(), score: scores.float_val[index] }));
  return Array.from({ length: rows }, (_, row) => all.slice(row * columns, (row + 1) * columns));
}
