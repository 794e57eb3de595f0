"""Bytes in and out: compressed or not, bounded on the way in, whole or not at all on the way out."""

from __future__ import annotations

import gzip
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from socket import gethostname
from typing import IO, Any, cast

from fixtext.records.errors import ShardError
from fixtext.records.limits import Limits

TEMPORARY = ".fixtext-tmp"
"""How the names of temporary files end."""

_FREE = 64 << 20
"""Bytes that a shard may give before its ratio counts."""

COMPRESSIONS = {".gz": "gzip", ".gzip": "gzip", ".zst": "zstd", ".zstd": "zstd"}
"""Suffix -> compression."""

GZIP_LEVEL = 6
"""As gzip has it. Measured on Chinese pages, level 6 takes 3 times as long as level 1 and saves 15 %."""


def compression_of(name: str) -> str | None:
    """Return how a file is compressed, by its name."""
    return COMPRESSIONS.get(os.path.splitext(name)[1].lower())


class Counted:
    """A file that counts and digests what is read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._digest = sha256()
        self.count = 0
        self.closed = False

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        data = self._stream.read(size)
        self.count += len(data)
        self._digest.update(data)
        return data

    def readable(self) -> bool:
        """Whether it can be read."""
        return True

    def close(self) -> None:
        """Leave it to the owner of the stream."""

    def sha256(self) -> str:
        """Return the digest of what was read."""
        return self._digest.hexdigest()


class Source:
    """An input that is read once, from its first byte to its last.

    Attributes:
        packed: what is read from the disk.
        count: bytes that came out of it.
    """

    def __init__(self, stream: IO[bytes], compression: str | None, limits: Limits) -> None:
        """Read a stream.

        Raises:
            ShardError: what unpacks it is not installed.
        """
        self.packed = Counted(stream)
        self.count = 0
        self._limits = limits
        self._is_packed = compression is not None
        self._inner: Any = self.packed
        if compression == "gzip":
            self._inner = gzip.GzipFile(fileobj=cast("IO[bytes]", self.packed), mode="rb")
        elif compression == "zstd":
            # Arrow's reader tells when a stream ends too early; that of zstandard takes it for the end.
            pa = arrow()
            self._inner = pa.CompressedInputStream(pa.PythonFile(self.packed, mode="r"), "zstd")

    def read(self, size: int) -> bytes:
        """Return at most so many bytes; none at the end.

        Raises:
            ShardError: it is corrupt, ends too early, or unpacks beyond the limits.
        """
        try:
            data: bytes = self._inner.read(size)
        except (OSError, EOFError, zlib.error) as error:
            raise ShardError(f"it cannot be read to its end: {error}") from error
        self.count += len(data)
        if self.count > self._limits.unpacked_bytes:
            raise ShardError(f"it has more than {self._limits.unpacked_bytes:,} bytes without compression")
        if self._is_packed and self.count > max(_FREE, self._limits.unpacked_ratio * self.packed.count):
            raise ShardError(f"it unpacks to more than {self._limits.unpacked_ratio} times its size")
        return data

    def rest(self) -> None:
        """Read what is left on the disk behind the end of the data, so that the digest is of the whole file."""
        while self.packed.read(1 << 20):
            pass


def arrow() -> Any:
    """Return the module pyarrow.

    Raises:
        ShardError: it is not installed.
    """
    try:
        import pyarrow
    except ImportError:
        raise ShardError(
            "pyarrow is needed for zstd, Parquet and Arrow; install it with: pip install 'fixtext[records]'"
        ) from None
    return pyarrow


def is_special(path: str) -> bool:
    """Whether a path is that of something else than a file, such as /dev/null or a named pipe: it is not replaced."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


@contextmanager
def _told(path: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ShardError(f"{path} cannot be written: {error.strerror or error}") from error


@contextmanager
def written(path: str) -> Iterator[IO[bytes]]:
    """Give a stream whose content takes the place of a file when the block ends well, and is gone when it does not.

    Raises:
        ShardError: it cannot be written.
    """
    target = os.path.realpath(path)
    if is_special(target):
        with _told(path), open(target, "wb") as stream:
            yield stream
        return
    folder, name = os.path.split(target)
    prefix = f".{name[:100]}.{gethostname()[:50]}-"
    temporary = os.path.join(folder, f"{prefix}{os.getpid()}{TEMPORARY}")
    with _told(path):
        _sweep(folder, prefix)
        try:
            with open(temporary, "wb", buffering=1 << 20) as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(temporary, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise


def _sweep(folder: str, prefix: str) -> None:
    """Remove what processes of this machine left behind that were killed while they wrote the same file."""
    for name in os.listdir(folder or os.curdir):
        number = name[len(prefix) : -len(TEMPORARY)]
        if name.startswith(prefix) and name.endswith(TEMPORARY) and number.isdigit() and not _lives(int(number)):
            with suppress(OSError):
                os.unlink(os.path.join(folder, name))


def _lives(process: int) -> bool:
    if os.name == "nt":
        return True  # to ask would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def file_sha256(path: str) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    digest = sha256()
    with open(path, "rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


@contextmanager
def packed(stream: IO[bytes], compression: str | None) -> Iterator[IO[bytes]]:
    """Give a stream that packs what is written into another, always to the same bytes."""
    if compression == "gzip":
        with gzip.GzipFile(filename="", fileobj=stream, mode="wb", compresslevel=GZIP_LEVEL, mtime=0) as inner:
            yield cast("IO[bytes]", inner)
    elif compression == "zstd":
        pa = arrow()
        with pa.CompressedOutputStream(pa.PythonFile(_Open(stream), mode="w"), "zstd") as outer:
            yield outer
    else:
        yield stream


class _Open:
    """A stream that stays open when what writes to it is closed."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.closed = False

    def write(self, data: bytes) -> int:
        """Write all of it."""
        return self._stream.write(data)

    def writable(self) -> bool:
        """Whether it can be written."""
        return True

    def tell(self) -> int:
        """Return where it is."""
        return self._stream.tell()

    def flush(self) -> None:
        """Hand on what is held back."""
        self._stream.flush()

    def close(self) -> None:
        """Leave it to the owner of the stream."""
