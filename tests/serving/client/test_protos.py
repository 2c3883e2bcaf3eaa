import subprocess
import sys


def in_a_new_process(script):
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)


def test_the_client_does_not_load_tensorflow():
    done = in_a_new_process(
        "import sys\n"
        "from serving.client import DoodleClient\n"
        "assert 'tensorflow' not in sys.modules and 'tensorflow.python' not in sys.modules\n"
        "assert DoodleClient('localhost:1')\n"
    )
    assert done.returncode == 0, done.stderr


def test_tensorflow_loaded_later_is_whole_and_shares_the_messages():
    done = in_a_new_process(
        "from serving.client.protos import predict_pb2\n"
        "import tensorflow as tf\n"
        "request = predict_pb2.PredictRequest()\n"
        "request.inputs['drawing'].CopyFrom(tf.make_tensor_proto(['a']))\n"
        "assert tf.make_ndarray(request.inputs['drawing']).tolist() == [b'a']\n"
    )
    assert done.returncode == 0, done.stderr
