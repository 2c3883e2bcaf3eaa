import pytest

from components.errors import UsageError
from serving.server.text_config import new_message, read_text_config


def read(tmp_path, text, name="BatchingParameters", **options):
    path = tmp_path / "x.config"
    path.write_text(text)
    return read_text_config(path, new_message(name), **options)


def test_what_is_not_written_is_not_there(tmp_path):
    message = read(tmp_path, "max_batch_size { value: 0 } allowed_batch_sizes: 4 allowed_batch_sizes: 8")
    assert message.HasField("max_batch_size")
    assert not message.HasField("num_batch_threads")
    assert list(message.allowed_batch_sizes) == [4, 8]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("BatchingParameters", "max_batchsize { value: 4 }"),
        ("BatchingParameters", "max_batch_size: 4"),
        ("BatchingParameters", "allowed_batch_sizes { value: 4 }"),
        ("MonitoringConfig", "prometheus { enable: true }"),
        ("SSLConfig", "server_key_file: 'server.key'"),
    ],
)
def test_a_misspelt_field_is_seen(tmp_path, name, text):
    with pytest.raises(UsageError, match=rf"x\.config is not a {name} in protobuf's text format: 1:\d+ "):
        read(tmp_path, text, name)


def test_a_secret_is_not_repeated(tmp_path):
    with pytest.raises(UsageError) as refusal:
        read(tmp_path, "client_verify: true\nserver_key: MIIEvQIBADANBg", "SSLConfig", is_secret=True)
    assert str(refusal.value).endswith("is not a SSLConfig in protobuf's text format: line 2.")
    assert refusal.value.__cause__ is None


def test_a_file_that_is_not_there_or_no_text(tmp_path):
    with pytest.raises(UsageError, match=r"Cannot read the SSLConfig .*none \(No such file or directory\)\.$"):
        read_text_config(tmp_path / "none", new_message("SSLConfig"))
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match=r"binary is not a SSLConfig .*: no UTF-8\.$"):
        read_text_config(tmp_path / "binary", new_message("SSLConfig"), is_secret=True)
