"""The buckets behind `s3://` and `minio://`, as the launcher copies from and to them: files, and nothing of folders."""

import pathlib

import boto3


class ObjectStore:
    """One S3 endpoint; the scheme of a URI only says where the launcher keeps the local copy."""

    def __init__(self, endpoint: str) -> None:
        # boto3's default session is not safe to be made in several threads.
        self._client = boto3.session.Session().client("s3", endpoint_url=endpoint)

    def make_bucket(self, name: str) -> None:
        """Makes a bucket."""
        self._client.create_bucket(Bucket=name)

    def keys(self, uri: str) -> list[str]:
        """The keys below a URI, without what is the URI's own part of them."""
        bucket, prefix = _split(uri)
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=f"{prefix}/")
        return [entry["Key"].removeprefix(f"{prefix}/") for page in pages for entry in page.get("Contents", [])]

    def download(self, uri: str, folder: pathlib.Path) -> None:
        """Copies what is there; nothing is no error (object_store.go)."""
        bucket, prefix = _split(uri)
        for key in self.keys(uri):
            target = folder / key
            target.parent.mkdir(parents=True, exist_ok=True)
            self._client.download_file(bucket, f"{prefix}/{key}", str(target))

    def upload(self, folder: pathlib.Path, uri: str) -> None:
        """Copies the files below a folder; empty folders vanish (object_store.go)."""
        bucket, prefix = _split(uri)
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            self._client.upload_file(str(path), bucket, f"{prefix}/{path.relative_to(folder).as_posix()}")

    def read(self, uri: str) -> bytes:
        """One object."""
        bucket, key = _split(uri)
        return self._client.get_object(Bucket=bucket, Key=key)["Body"].read()

    def delete(self, uri: str) -> None:
        """Removes all below a URI, as a store's own rule of expiry would."""
        bucket, prefix = _split(uri)
        for key in self.keys(uri):
            self._client.delete_object(Bucket=bucket, Key=f"{prefix}/{key}")


def _split(uri: str) -> tuple[str, str]:
    bucket, _, key = uri.partition("://")[2].partition("/")
    return bucket, key.rstrip("/")
