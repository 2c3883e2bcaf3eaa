import tensorflow as tf

from components.transform import json_tokens


def first_bytes(tokens: json_tokens.Tokens) -> str:
    return bytes(tokens.byte.numpy()).decode("latin-1")


def test_tokens_of_two_texts():
    tokens = json_tokens.tokenize(tf.constant([b"[12, 3]", b"x"]))

    assert first_bytes(tokens) == "[1,3]\0x\0"
    assert tokens.position.numpy().tolist() == [0, 1, 3, 5, 6, 7, 8, 9]
    assert tokens.end.numpy().tolist() == [5, 7]


def test_whitespace_is_json_s_own_only():
    tokens = json_tokens.tokenize(tf.constant([b" \t1\n\r2\x0b\xa0"]))

    assert first_bytes(tokens) == "12\x0b\xa0\0"


def test_nul_inside_a_text_does_not_end_it():
    tokens = json_tokens.tokenize(tf.constant([b"1\0", b"2"]))

    assert first_bytes(tokens) == "1\x00\x002\x00"
    assert tokens.is_end.numpy().tolist() == [False, False, True, False, True]


def test_no_texts_have_no_tokens():
    tokens = json_tokens.tokenize(tf.constant([], tf.string))

    assert first_bytes(tokens) == ""
    assert tokens.end.shape == (0,)


def test_digits():
    digit = json_tokens.is_digit(tf.constant(list(b"/09:\0\xff"), tf.uint8))

    assert digit.numpy().tolist() == [False, True, True, False, False, False]
