import subprocess
import sys


def in_a_new_process(script, *options):
    return subprocess.run([sys.executable, *options, "-c", script], capture_output=True, text=True, check=False)


def test_the_client_loads_neither_tensorflow_nor_what_only_rest_needs():
    done = in_a_new_process(
        "import sys\n"
        "from serving.client import AsyncDoodleClient, DoodleClient\n"
        "assert DoodleClient('localhost:1')\n"
        "roots = {name.partition('.')[0] for name in sys.modules}\n"
        "print(*sorted(roots & {'tensorflow', 'keras', 'tfx', 'pyarrow', 'apache_beam', 'aiohttp', 'urllib3'}))\n"
        "assert not any(name.startswith('tensorflow.python') for name in sys.modules)\n"
        "assert 'tensorflow' not in sys.modules\n"
    )
    assert (done.returncode, done.stderr) == (0, "")
    # Of TensorFlow only the modules of the messages, without the package that would load the runtime.
    assert done.stdout == "tensorflow\n"


def test_importing_the_client_takes_less_than_a_second():
    """Of the processor's time: the clock on the wall also runs while other tests do."""
    script = "import time\nstart = time.process_time()\nimport serving.client\nprint(time.process_time() - start)"
    assert float(in_a_new_process(script).stdout) < 1.0


def test_further_messages_and_tensorflow_loaded_later_are_whole_and_share_the_classes():
    done = in_a_new_process(
        "from serving.client.protos import predict_pb2\n"
        "from tensorflow_serving.apis import get_model_status_pb2\n"
        "import tensorflow as tf\n"
        "request = predict_pb2.PredictRequest()\n"
        "request.inputs['drawing'].CopyFrom(tf.make_tensor_proto(['a']))\n"
        "assert tf.make_ndarray(request.inputs['drawing']).tolist() == [b'a']\n"
    )
    assert done.returncode == 0, done.stderr
