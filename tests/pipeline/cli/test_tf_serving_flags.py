import pytest

from components.errors import UsageError
from pipeline.cli.tf_serving_flags import NOT_HERE, channel_arguments, respell

OPPOSITES = {"--enable-model-warmup": "--no-enable-model-warmup"}


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("--model_base_path=/my_models", "--model-base-path=/my_models"),
        ("--model-base-path=/my_models", "--model-base-path=/my_models"),
        ("--model_name", "--model-name"),
        ("--model_name=a=b_c", "--model-name=a=b_c"),
        ("my_model", "my_model"),
        ("-h", "-h"),
        ("--enable_model_warmup", "--enable-model-warmup"),
        ("--enable_model_warmup=true", "--enable-model-warmup"),
        ("--enable_model_warmup=1", "--enable-model-warmup"),
        ("--enable_model_warmup=False", "--no-enable-model-warmup"),
        ("--enable-model-warmup=0", "--no-enable-model-warmup"),
        ("--no-enable-model-warmup", "--no-enable-model-warmup"),
    ],
)
def test_either_spelling(given, meant):
    assert respell([given], OPPOSITES) == [meant]


def test_a_switch_is_on_or_off():
    with pytest.raises(UsageError, match=r"^--enable_model_warmup is either true or false, not maybe"):
        respell(["--enable_model_warmup=maybe"], OPPOSITES)


@pytest.mark.parametrize("flag", ["--num_load_threads=1", "--num-load-threads", "--prefer_tflite_model"])
def test_a_flag_of_tensorflow_serving_that_is_not_here(flag):
    spelled = flag.partition("=")[0]
    with pytest.raises(UsageError, match=f"^{spelled} of TensorFlow Serving is not an option of this server: .*it out"):
        respell([flag], OPPOSITES)


def test_what_is_not_here_is_spelled_readably():
    assert [flag for flag in NOT_HERE if "_" in flag or flag.startswith("-")] == []


def test_channel_arguments():
    text = "grpc.max_connection_age_ms=2000,grpc.x=a,grpc.y=-1"
    assert channel_arguments(text) == {"grpc.max_connection_age_ms": 2000, "grpc.x": "a", "grpc.y": -1}
    assert channel_arguments("") == {}


@pytest.mark.parametrize("text", ["a", "a=", "=1", "a=1,b"])
def test_channel_arguments_without_name_or_value(text):
    with pytest.raises(UsageError, match="wants name=value,name=value, not "):
        channel_arguments(text)
