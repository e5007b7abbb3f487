"""Archives in a bucket of any S3-compatible store."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from .problem import BackupProblem
from .settings import Bucket
from .store import Kept, Source, read_key

# A part is held in memory while it is sent. S3 takes 10,000 of them: archives of up to 160 GB. Some stores (one is
# Cloudflare's) want all parts but the last to be of one size.
_PART_BYTES = 16 * 1024 * 1024
_FORGOTTEN = timedelta(days=1)


class S3Store:
    def __init__(self, place: Bucket) -> None:
        self._place = place
        self._under = f"{place.prefix}/" if place.prefix else ""
        self._client: Any = boto3.client(
            "s3",
            endpoint_url=place.endpoint,
            region_name=place.region,
            aws_access_key_id=place.key,
            aws_secret_access_key=place.secret,
            # Other stores than Amazon's know neither its newer checksums nor buckets in the host's name.
            config=Config(
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                s3={"addressing_style": "path"} if place.endpoint else {},
                retries={"max_attempts": 5, "mode": "standard"},
            ),
        )

    @contextmanager
    def put(self, key: str) -> Iterator["_Upload"]:
        with self._plainly(f"write {key}"):
            upload = _Upload(self._client, self._place.bucket, f"{self._under}{key}")
            try:
                yield upload
                upload.finish()
            except BaseException:
                upload.abandon()
                raise

    @contextmanager
    def get(self, key: str) -> Iterator[Source]:
        with self._plainly(f"read {key}"):
            body = self._client.get_object(Bucket=self._place.bucket, Key=f"{self._under}{key}")["Body"]
            try:
                yield body
            finally:
                body.close()

    def archives(self, name: str | None = None) -> Sequence[Kept]:
        under = f"{self._under}{name}/" if name else self._under
        with self._plainly("list the archives"):
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._place.bucket, Prefix=under)
            objects = [one for page in pages for one in page.get("Contents", ())]
        found = (read_key(one["Key"].removeprefix(self._under), one["Size"]) for one in objects)
        return sorted((kept for kept in found if kept is not None), key=lambda kept: (kept.made, kept.name))

    def delete(self, key: str) -> None:
        with self._plainly(f"delete {key}"):
            self._client.delete_object(Bucket=self._place.bucket, Key=f"{self._under}{key}")

    def tidy(self) -> None:
        """Parts of an upload that was never finished are in no list of objects, and are paid for."""
        with self._plainly("list unfinished uploads"):
            answer = self._client.list_multipart_uploads(Bucket=self._place.bucket, Prefix=self._under)
            for one in answer.get("Uploads", ()):
                if datetime.now(UTC) - one["Initiated"] > _FORGOTTEN:
                    self._client.abort_multipart_upload(
                        Bucket=self._place.bucket, Key=one["Key"], UploadId=one["UploadId"]
                    )

    @contextmanager
    def _plainly(self, what: str) -> Iterator[None]:
        try:
            yield
        except (BotoCoreError, ClientError) as error:
            raise BackupProblem(f"the bucket {self._place.bucket} did not let us {what}: {error}") from error


class _Upload:
    """Collects parts and sends each when it is full; the store shows the object only after `finish`."""

    def __init__(self, client: Any, bucket: str, key: str) -> None:  # noqa: ANN401 - boto3 makes its classes at run time
        self._client = client
        self._object = {"Bucket": bucket, "Key": key}
        self._part = bytearray()
        self._sent: list[dict[str, object]] = []
        self._upload: str | None = None

    def write(self, part: bytes) -> int:
        self._part += part
        while len(self._part) >= _PART_BYTES:
            self._send(_PART_BYTES)
        return len(part)

    def flush(self) -> None:
        """A part is sent when it is full."""

    def _send(self, size: int) -> None:
        if self._upload is None:
            self._upload = self._client.create_multipart_upload(**self._object)["UploadId"]
        number = len(self._sent) + 1
        answer = self._client.upload_part(
            **self._object, UploadId=self._upload, PartNumber=number, Body=bytes(self._part[:size])
        )
        self._sent.append({"PartNumber": number, "ETag": answer["ETag"]})
        del self._part[:size]

    def finish(self) -> None:
        if self._upload is None:
            self._client.put_object(**self._object, Body=bytes(self._part))
            return
        if self._part:
            self._send(len(self._part))
        self._client.complete_multipart_upload(
            **self._object, UploadId=self._upload, MultipartUpload={"Parts": self._sent}
        )

    def abandon(self) -> None:
        if self._upload is not None:
            self._client.abort_multipart_upload(**self._object, UploadId=self._upload)
