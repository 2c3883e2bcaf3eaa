from serving.web.static_files import StaticFile, read_static_files


def test_reads_what_a_page_is_made_of(tmp_path):
    for name in ("style.css", "index.html", "main.js", "icon.svg", "__init__.py", "notes.txt"):
        (tmp_path / name).write_bytes(name.encode())
    assert read_static_files(tmp_path) == [
        StaticFile("icon.svg", b"icon.svg", "image/svg+xml"),
        StaticFile("index.html", b"index.html", "text/html"),
        StaticFile("main.js", b"main.js", "text/javascript"),
        StaticFile("style.css", b"style.css", "text/css"),
    ]


def test_the_etag_is_of_the_content():
    one, same, other = (StaticFile(name, body, "text/css") for name, body in [("a", b"x"), ("b", b"x"), ("a", b"y")])
    assert one.etag == same.etag != other.etag
