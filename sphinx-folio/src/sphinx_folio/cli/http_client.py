"""Ask hosts of the world politely: one request at a time, no faster than each allows, and for nothing twice.

A host that is busy or unwell is asked again after a while, a few times; one that stays so is left alone. Answers are
kept in a folder, for a month.
"""

import hashlib
import math
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple

import requests
from urllib3.exceptions import NewConnectionError

from sphinx_folio import __version__

MONTH = 30 * 24 * 3600  # seconds that an answer is good for
TRIES = 4
LARGEST = 5_000_000  # bytes of an answer
LONGEST = 60  # seconds that an answer may take, or that a host may ask us to wait
UNKNOWN = (400, 404, 410)  # HTTP statuses that say that there is no such thing
UNWELL = 3  # questions in a row that a host may fail on before it is left alone


@dataclass(frozen=True, slots=True)
class Host:
    """One who can be asked; ``pause`` is the seconds between two requests, at least."""

    name: str
    address: str
    pause: float


class UnansweredError(Exception):
    """A host could not be asked; says why."""


class UnwellError(UnansweredError):
    """A host failed on this question, and may well answer another."""


class Answer(NamedTuple):
    """What came of one request: HTTP status (0 where nothing did), text (then why), and how many seconds to wait."""

    status: int
    text: str
    wait: float = 0.0

    @property
    def may_change(self) -> bool:
        """Whether the same request may be answered better soon."""
        return (self.status in (0, 429) or self.status >= 500) and self.wait <= LONGEST


@dataclass(frozen=True, slots=True)
class Cache:
    """Answers kept on disk, for a month each."""

    folder: Path

    def path(self, question: str) -> Path:
        """Where an answer is kept."""
        return self.folder / hashlib.sha256(question.encode("utf-8", "replace")).hexdigest()[:32]

    def get(self, question: str) -> str | None:
        """An answer, if it is there and not too old."""
        path = self.path(question)
        try:
            fresh = time.time() - path.stat().st_mtime < MONTH
            return path.read_text("utf-8") if fresh else None
        except (OSError, ValueError):
            return None

    def keep(self, question: str, answer: str) -> None:
        """Keep an answer; where nothing can be written, it is asked for again another time."""
        path = self.path(question)
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_text(answer, "utf-8")
            part.replace(path)


@dataclass(slots=True)
class Client:
    """Asks hosts, and remembers which of them to leave alone.

    ``mailto`` is an address at which a host can reach whoever asks, or empty; ``patience`` the seconds before a second
    try, doubled before each further one; ``timeout`` the seconds that a host may be silent. ``unanswered`` says of each
    host that left a question open why it did, the first time.
    """

    cache: Cache
    mailto: str = ""
    patience: float = 1.0
    timeout: float = 20.0
    unanswered: dict[str, str] = field(default_factory=dict)
    session: requests.Session = field(default_factory=requests.Session)
    due: dict[str, float] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)

    def ask(self, host: Host, path: str) -> str | None:
        """The answer, or None where the host knows of nothing at that path."""
        if self.failures.get(host.name, 0) >= UNWELL:
            raise UnansweredError(self.unanswered[host.name])
        try:
            answer = self.insist(host, host.address + path)
        except UnansweredError as reason:
            raise self.note(host, reason) from None
        self.failures[host.name] = 0
        return answer

    def note(self, host: Host, reason: UnansweredError) -> UnansweredError:
        """Remember that a host left a question open; only one that is merely unwell is asked others."""
        self.failures[host.name] = self.failures.get(host.name, 0) + (1 if isinstance(reason, UnwellError) else UNWELL)
        self.unanswered.setdefault(host.name, str(reason))
        return reason

    def insist(self, host: Host, address: str) -> str | None:
        """Try a few times, each after a longer while, or after as long as the host says."""
        answer = Answer(0, "not asked")
        for tried in range(TRIES):
            time.sleep(max(0.0, self.due.get(host.name, 0.0) - time.monotonic()))
            self.due[host.name] = time.monotonic() + host.pause
            answer = self.fetch(address)
            if answer.status == 200:
                return answer.text
            if answer.status in UNKNOWN:
                return None
            if not answer.may_change:
                break
            self.due[host.name] = time.monotonic() + max(host.pause, answer.wait, self.patience * 2**tried)
        if answer.status >= 500:
            raise UnwellError(f"HTTP {answer.status}")
        raise UnansweredError(f"HTTP {answer.status}" if answer.status else answer.text)

    def fetch(self, address: str) -> Answer:
        """Make one request."""
        contact = f" (mailto:{self.mailto})" if self.mailto else ""
        headers = {"User-Agent": f"sphinx-folio/{__version__}{contact}"}
        try:
            with self.session.get(address, headers=headers, timeout=self.timeout, stream=True) as response:
                return Answer(response.status_code, read(response), seconds(response.headers.get("Retry-After", "")))
        except requests.Timeout:
            return Answer(0, f"no answer within {self.timeout:g} seconds")
        except requests.RequestException as error:
            return Answer(0, f"no connection ({type(error).__name__})", math.inf if is_nowhere(error) else 0.0)


def is_nowhere(error: requests.RequestException) -> bool:
    """Whether there is nobody to connect to, rather than one who hung up."""
    return any(isinstance(getattr(each, "reason", None), NewConnectionError) for each in error.args)


def read(response: requests.Response) -> str:
    """The body of an answer, within bounds."""
    began, body = time.monotonic(), b""
    for chunk in response.iter_content(65_536):
        body += chunk
        if len(body) > LARGEST:
            raise UnwellError(f"an answer of more than {LARGEST:,} bytes")
        if time.monotonic() - began > LONGEST:
            raise requests.Timeout
    return body.decode("utf-8", "replace")


def seconds(waiting: str) -> float:
    """How long a ``Retry-After`` asks to wait: it is a number of seconds, or a date."""
    if waiting.strip().isdecimal():
        return float(waiting)
    try:
        date = parsedate_to_datetime(waiting)
    except ValueError:
        return 0.0
    return max(0.0, (date.replace(tzinfo=date.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
