import pathlib

from components.artifact_folders import empty, remove_leftovers


def write(path: pathlib.Path, text: str = "x") -> pathlib.Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_folder_is_there_and_empty(tmp_path: pathlib.Path) -> None:
    write(tmp_path / "examples" / "Split-train" / "part-0")
    write(tmp_path / "other" / "stays")
    empty([str(tmp_path / "examples"), str(tmp_path / "new" / "deep")])
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == [
        "examples",
        "new",
        "new/deep",
        "other",
        "other/stays",
    ]


def test_beams_temporary_folders_go_at_whatever_depth(tmp_path: pathlib.Path) -> None:
    write(tmp_path / "beam-temp-a" / "shard")
    write(tmp_path / "Split-train" / "beam-temp-b" / "beam-temp-c" / "shard")
    kept = [
        write(tmp_path / "Split-train" / "data-00000-of-00001.gz"),
        # A file of such a name is none of Beam's folders.
        write(tmp_path / "beam-temp-file"),
        write(tmp_path / "not-beam-temp-a" / "file"),
    ]
    remove_leftovers([str(tmp_path), str(tmp_path / "nowhere")])
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(kept)
    assert not list(tmp_path.rglob("beam-temp-[abc]"))
