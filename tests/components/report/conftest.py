"""One small run on disk: two words, three epochs, two test drawings; every number can be checked by eye."""

import json
import pathlib
from dataclasses import dataclass, field

import pytest
import tensorflow as tf
from google.protobuf import text_format
from tensorflow_metadata.proto.v0 import statistics_pb2
from tfx.types import artifact_utils, standard_artifacts

from components.data_gate.artifacts import DataApproval
from components.example_gen.artifacts import IngestSummary
from components.report import artifacts
from components.trainer.model_card import write_model_card
from tests.components.doodles import example
from tests.components.report.evaluations import EVALUATION, VERDICT

SUMMARY = {
    "read": 40,
    "kept": 30,
    "filtered": 4,
    "capped": 3,
    "duplicate": 2,
    "quarantined": 1,
    "words": {"ice_cream": {"read": 18, "kept": 14, "filtered": 2}, "sun": {"read": 19, "kept": 16, "filtered": 2}},
    "splits": {"train": 24, "eval": 4, "test": 2},
    "reasons": {"not JSON": 1},
    "files": 2,
}
HISTORY = {
    "epochs": [1, 2, 3],
    "loss": [1.5, 0.75, 0.5],
    "accuracy": [0.5, 0.7, 0.8],
    "val_loss": [1.25, 0.6, 0.55],
    "val_accuracy": [0.6, 0.8, 0.9],
    "clean_loss": [1.0, 0.5, 0.25],
    "clean_accuracy": [0.65, 0.85, 0.95],
}
CARD = {
    "preset": "ten",
    "parameters": 121994,
    "train_drawings": 3026,
    "epochs": 3,
    "training_minutes": 2.5,
    "best_epoch": {"epochs": 2, "val_loss": 0.5},
    "training": {"network": "notebook", "augmentation": None},
    "layers": [
        {"name": "conv2d", "class": "Conv2D", "output_shape": [30, 30, 32], "parameters": 320},
        {"name": "probabilities", "class": "Dense", "output_shape": [2], "parameters": 130},
    ],
    "commit": "674a293",
    "code": "8c83578a1a782a43",
    "data": {"files_fingerprint": "0fa23d87", "words": ["ice_cream", "sun"]},
    "warm_start": {"sentence": "began from version 7: 121,344 of 121,994 parameters."},
}
PUSH = {"pushed": True, "version": 3, "path": "workspace/models/quickdraw/3", "sentence": "pushed as version 3."}
# Of every split. Strokes have TFDV's two histograms, points have none.
STATISTICS = """
datasets {
  num_examples: 24
  features {
    path { step: "strokes" }
    num_stats {
      mean: 5.25 median: 2 min: 1 max: 77
      histograms {
        type: STANDARD
        buckets { low_value: 1 high_value: 39 sample_count: 23 }
        buckets { low_value: 39 high_value: 77 sample_count: 1 }
      }
      histograms {
        type: QUANTILES
        buckets { low_value: 1 high_value: 1 sample_count: 6 }
        buckets { low_value: 1 high_value: 2 sample_count: 6 }
        buckets { low_value: 2 high_value: 4 sample_count: 6 }
        buckets { low_value: 4 high_value: 77 sample_count: 6 }
      }
    }
  }
  features {
    path { step: "points" }
    num_stats { mean: 48.5 median: 38 min: 2 max: 483 }
  }
  features {
    path { step: "word" }
    type: STRING
    string_stats {
      unique: 2
      rank_histogram {
        buckets { label: "sun" sample_count: 16 }
        buckets { label: "ice_cream" sample_count: 8 }
      }
    }
  }
  features {
    path { step: "countrycode" }
    type: STRING
    string_stats {
      unique: 3
      rank_histogram {
        buckets { label: "" sample_count: 12 }
        buckets { label: "US" sample_count: 8 }
        buckets { label: "DE" sample_count: 4 }
      }
    }
  }
  features {
    path { step: "key_id" }
    type: STRING
    string_stats { unique: 24 rank_histogram { buckets { label: "5152802093400064" sample_count: 1 } } }
  }
}
"""
APPROVAL = {
    "splits": {"train": 24, "eval": 4, "test": 2},
    "warnings": ["word: sun became commoner by 0.02, more than 0.01."],
    "notes": ["compared with the data of statistics version 3"],
    "statistics_version": 4,
}
DRAWINGS = [("sun", "[[[0, 255], [10, 20]]]"), ("ice_cream", "[[[7], [9]], [[0, 100, 50], [0, 200, 255]]]")]


@dataclass
class Run:
    """The folders that the Report component reads, to be changed by a test before `inputs` is asked for."""

    folder: pathlib.Path
    summary: dict = field(default_factory=lambda: json.loads(json.dumps(SUMMARY)))
    history: dict = field(default_factory=lambda: json.loads(json.dumps(HISTORY)))
    card: dict = field(default_factory=lambda: json.loads(json.dumps(CARD)))
    verdict: dict = field(default_factory=lambda: json.loads(json.dumps(VERDICT)))
    evaluation: dict = field(default_factory=lambda: json.loads(json.dumps(EVALUATION)))
    push: dict = field(default_factory=lambda: dict(PUSH))
    drawings: list = field(default_factory=lambda: list(DRAWINGS))
    blessed: bool = True
    statistics: dict = field(default_factory=lambda: dict.fromkeys(("test", "eval", "train"), STATISTICS))
    approval: dict = field(default_factory=lambda: json.loads(json.dumps(APPROVAL)))

    def inputs(self):
        """Writes the folders and returns the component's input artifacts."""
        blessing = self._artifact(standard_artifacts.ModelBlessing, "blessing")
        blessing.set_int_custom_property("blessed", int(self.blessed))
        return {
            "examples": [self._examples()],
            "summary": [self._json(IngestSummary, "summary", "summary.json", self.summary)],
            "statistics": [self._statistics()],
            "model_run": [self._model_run()],
            "evaluation": [self._evaluation()],
            "blessing": [blessing],
            "approval": [self._json(DataApproval, "approval", "approval.json", self.approval)],
            "pushed_model": [self._json(standard_artifacts.PushedModel, "pushed_model", "push.json", self.push)],
        }

    def outputs(self):
        """Returns the component's output artifact."""
        return {"report": [self._artifact(artifacts.Report, "report")]}

    def _artifact(self, artifact_class, name):
        artifact = artifact_class()
        artifact.uri = str(self.folder / name)
        (self.folder / name).mkdir(parents=True, exist_ok=True)
        return artifact

    def _json(self, artifact_class, name, file_name, value):
        artifact = self._artifact(artifact_class, name)
        (self.folder / name / file_name).write_text(json.dumps(value))
        return artifact

    def _evaluation(self):
        self._json(standard_artifacts.ModelEvaluation, "evaluation", "evaluation.json", self.evaluation)
        return self._json(standard_artifacts.ModelEvaluation, "evaluation", "verdict.json", self.verdict)

    def _model_run(self):
        artifact = self._json(standard_artifacts.ModelRun, "model_run", "history.json", self.history)
        write_model_card(artifact.uri, self.card)
        return artifact

    def _examples(self):
        artifact = self._artifact(standard_artifacts.Examples, "examples")
        artifact.split_names = artifact_utils.encode_split_names(["train", "eval", "test"])
        path = self.folder / "examples" / "Split-test" / "data-00000-of-00001.tfrecord.gz"
        path.parent.mkdir(exist_ok=True)
        with tf.io.TFRecordWriter(str(path), "GZIP") as writer:
            for word, drawing in self.drawings:
                writer.write(example(drawing, word, "5152802093400064", "US", strokes=2, points=5))
        return artifact

    def _statistics(self):
        artifact = self._artifact(standard_artifacts.ExampleStatistics, "statistics")
        artifact.split_names = artifact_utils.encode_split_names(list(self.statistics))
        for split, text in self.statistics.items():
            write_statistics(self.folder / "statistics" / f"Split-{split}", text)
        return artifact


def write_statistics(folder, text):
    statistics = text_format.Parse(text, statistics_pb2.DatasetFeatureStatisticsList())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "FeatureStats.pb").write_bytes(statistics.SerializeToString())


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path / "run")
