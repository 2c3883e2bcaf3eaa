import pathlib

import tensorflow as tf

from components.trainer.warmup import WARMUP_DRAWINGS, read_warmup_logs, write_warmup_requests


def test_requests_carry_the_answers_of_the_exporting_process(tmp_path: pathlib.Path) -> None:
    write_warmup_requests(lambda drawings: {"length": tf.strings.length(drawings)}, str(tmp_path))
    single, batch = read_warmup_logs(str(tmp_path))
    assert single.request.model_spec.name == "quickdraw"
    assert single.request.model_spec.signature_name == "serving_default"
    assert tf.make_ndarray(batch.request.inputs["drawing"]).tolist() == [text.encode() for text in WARMUP_DRAWINGS]
    assert tf.make_ndarray(single.response.outputs["length"]).tolist() == [len(WARMUP_DRAWINGS[0])]
