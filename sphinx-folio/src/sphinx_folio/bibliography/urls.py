r"""Web addresses as people write them in a ``.bib`` file, and which of them may become links.

``\url{www.example.org/a\_b c}`` becomes ``https://www.example.org/a_b%20c``. What a browser would run becomes nothing.
"""

import re
import unicodedata
from collections.abc import Container
from string import printable
from urllib.parse import quote, urlsplit

ON_THE_WEB = ("http", "https")
SCHEMES = (*ON_THE_WEB, "mailto")  # of addresses that may become links

WRAPPED = re.compile(
    r"""
    \\(?:url|path|nolinkurl|texttt|href)\s*
    \{(?P<url>(?:[^{}]|\{[^{}]*\})*)\}.*  # \url{https://example.org}, and a remark
  | <(?P<angle>[^<>]*)>  # <https://example.org>
    """,
    re.VERBOSE | re.DOTALL,
)
# What stands for a character in LaTeX, with or without braces around it.
TILDE = re.compile(
    r"""
    \{?\\(?:textasciitilde|(?:text)?tilde)(?![A-Za-z])\s*(?:\{\})?\}?  # \textasciitilde{} {\textasciitilde} \tilde
  | \\~\{\s*\}  # \~{}
  | \$\s*\\sim\s*\$  # $\sim$
  | \{\\~\}  # {\~}
    """,
    re.VERBOSE,
)
NAMED = {"textless": "<", "textgreater": ">", "textunderscore": "_", "textpercent": "%", "textbackslash": "\\"} | {
    "slash": "/",
    "textasciicircum": "^",
    "allowbreak": "",
    "linebreak": "",
}
MACRO = re.compile(rf"\{{?\\(?P<name>{'|'.join(NAMED)})(?![A-Za-z])\s*(?:\{{\}})?\}}?")
ESCAPED = re.compile(r"\{\\?(?P<group>[_%&#~$^])\}|\\(?P<sign>[_%&#~$^{}])|\\[-/]")
AMPERSAND = re.compile(r"&(?:amp|#38|#x26);", re.IGNORECASE)
SPACE = re.compile(r"\s+")

# Where one address ends and something else begins: another one, or what someone remarked behind it.
BETWEEN = re.compile(
    r"""
    \s*[;,|]?\s+(?:and\s+)?(?=https?://|www\.|ftp://)  # before another address: a.org and https://b.org
  | [;,|](?=https?://)  # without a space: a.org;https://b.org
  | \s+(?=[(\[])  # before a remark in brackets: a.org (in German)
  | [\s,;.]{1,4}(?=(?:last\ )?(?:accessed|visited|retrieved)\b)  # a.org, last accessed 2024
    """,
    re.VERBOSE | re.IGNORECASE,
)
WEB = re.compile(r"https?://|www\.|ftp://", re.IGNORECASE)
DOMAINS = (
    "com org net edu gov mil int io ai dev app co me info eu ac uk de fr ch at it es nl be se no fi dk pl cz pt ru cn"
    " jp kr tw hk sg in au nz ca br us il tr gr ie hu ro page site xyz blog tv"
)
# A host that was left without its https:// — ``paper.pdf`` and ``files.md/x`` are none.
HOST_FIRST = re.compile(
    rf"""
    www\.[\w-]+\.[\w.-]+(?:[:/?\#].*)?  # www.example.org/x
  | (?:[A-Za-z0-9-]+\.)+(?:{"|".join(DOMAINS.split())})(?::\d+)?/.*  # example.org/x, but not paper.pdf
    """,
    re.VERBOSE | re.IGNORECASE,
)
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff<>\"\\]")
EXTENSION = re.compile(r"\.\w{1,5}(?:[?#].*)?$")
SAFE = "".join(sorted(set(printable) - set(' "<>\\^`{|}\t\n\r\x0b\x0c')))


def unescape(value: str) -> str:
    r"""A value as it was before LaTeX and HTML: ``\url{a\_b}`` is ``a_b``."""
    if (wrapped := WRAPPED.fullmatch(value.strip())) is not None:
        value = wrapped["url"] if wrapped["angle"] is None else wrapped["angle"]
    if "\\" in value or "{" in value or "$" in value:
        value = TILDE.sub("~", value)
        value = MACRO.sub(lambda match: NAMED[match["name"]], value)
        value = ESCAPED.sub(lambda match: match["group"] or match["sign"] or "", value)
        value = re.sub(r"\{([^{}]*)\}", r"\1", value)
    return AMPERSAND.sub("&", value).strip() if "&" in value else value.strip()


def split_addresses(text: str) -> list[str]:
    """The addresses in a value, without remarks behind them; a line that was broken within one is whole again."""
    if not re.search(r"[\s;,|]", text):
        return [text]
    text = SPACE.sub(lambda match: " " if not set("\r\n") & set(match[0]) else "\n", text)
    first, *others = BETWEEN.split(text)
    return [first.strip().replace("\n", ""), *(other for other in others if WEB.match(other))]


def safe_address(text: str) -> str | None:
    """The text as an address that may become a link, else None: nothing that a browser would run or could misread.

    Of an address of the web, spaces and letters that are not ASCII are encoded; the path of a file stays as it is.
    """
    text = text.strip(" ")
    if not text or UNSAFE.search(text) or text.startswith("//"):
        return None
    if HOST_FIRST.fullmatch(text):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme == "mailto":
        return quote(text, safe=SAFE) if "@" in parts.path else None
    if parts.scheme in SCHEMES:
        return with_ascii_host(text, parts.netloc)
    is_path = not parts.scheme and ":" not in text and (" " not in text or EXTENSION.search(text))
    return text if is_path and is_visible(text) else None


def web_address(text: str, schemes: Container[str] = ON_THE_WEB) -> str:
    """A text as an address of the web, or of one of these schemes; nothing where it is none, or leads to a file."""
    scheme, colon, rest = (safe_address(text) or "").partition(":")
    return f"{scheme.lower()}:{rest}" if colon and scheme.lower() in schemes else ""


def with_ascii_host(text: str, host: str) -> str | None:
    """An address of the web in ASCII, or None where its host is none."""
    try:
        name = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return None
    if not name or " " in name:
        return None
    before, _, after = text.partition(host)
    return f"{quote(before, safe=SAFE)}{name}{quote(after, safe=SAFE)}"


def is_visible(text: str) -> bool:
    """Whether nothing in a text hides or turns around what stands beside it."""
    return text.isascii() or not any(unicodedata.category(sign)[0] in "CZ" and sign != " " for sign in text)
