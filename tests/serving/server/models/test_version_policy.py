from pathlib import Path

import pytest
from google.protobuf import text_format
from tensorflow_serving.config.file_system_storage_path_source_pb2 import FileSystemStoragePathSourceConfig

from serving.server.models.version_policy import VersionPolicy
from serving.server.models.versions import Version

ON_DISK = [Version(number, Path(str(number))) for number in (10, 3, 2)]


def policy(text):
    message = FileSystemStoragePathSourceConfig.ServableVersionPolicy()
    return VersionPolicy.from_message(text_format.Parse(text, message))


@pytest.mark.parametrize(
    ("text", "most", "numbers"),
    [
        ("", 1, [10, 3, 2]),
        ("latest {}", 1, [10, 3, 2]),
        ("latest { num_versions: 0 }", 1, [10, 3, 2]),
        ("latest { num_versions: 2 }", 2, [10, 3, 2]),
        ("all {}", None, [10, 3, 2]),
        ("specific { versions: 2 versions: 10 }", None, [10, 2]),
        ("specific { versions: 7 }", None, []),
        ("specific {}", None, []),
    ],
)
def test_how_many_of_which_versions(text, most, numbers):
    assert policy(text).most == most
    assert [version.number for version in policy(text).candidates(ON_DISK)] == numbers


@pytest.mark.parametrize(("text", "absent"), [("specific { versions: 9 versions: 2 versions: 7 }", [7, 9]), ("", [])])
def test_specific_versions_that_are_not_there(text, absent):
    assert policy(text).absent(ON_DISK) == absent
