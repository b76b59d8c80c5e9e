"""Addresses as people say them: ``https://github.com/ada`` is GitHub, and github.com/ada in print.

An address that says nothing to a reader (``scholar.google.com/citations?user=…``) is printed as what it leads to.
"""

import re
from urllib.parse import unquote, urlsplit

NETWORKS = {
    "academia.edu": "Academia.edu",
    "arxiv.org": "arXiv",
    "bitbucket.org": "Bitbucket",
    "bsky.app": "Bluesky",
    "codeberg.org": "Codeberg",
    "dblp.org": "DBLP",
    "dblp.uni-trier.de": "DBLP",
    "dl.acm.org": "ACM Digital Library",
    "facebook.com": "Facebook",
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "hal.science": "HAL",
    "huggingface.co": "Hugging Face",
    "ieeexplore.ieee.org": "IEEE Xplore",
    "inspirehep.net": "INSPIRE",
    "instagram.com": "Instagram",
    "kaggle.com": "Kaggle",
    "linkedin.com": "LinkedIn",
    "medium.com": "Medium",
    "openreview.net": "OpenReview",
    "orcid.org": "ORCID",
    "osf.io": "OSF",
    "philpapers.org": "PhilPapers",
    "philpeople.org": "PhilPeople",
    "researchgate.net": "ResearchGate",
    "scholar.google.com": "Google Scholar",
    "scopus.com": "Scopus",
    "semanticscholar.org": "Semantic Scholar",
    "ssrn.com": "SSRN",
    "stackexchange.com": "Stack Exchange",
    "stackoverflow.com": "Stack Overflow",
    "substack.com": "Substack",
    "threads.net": "Threads",
    "tiktok.com": "TikTok",
    "twitter.com": "X",
    "vimeo.com": "Vimeo",
    "webofscience.com": "Web of Science",
    "wikidata.org": "Wikidata",
    "wikipedia.org": "Wikipedia",
    "x.com": "X",
    "youtube.com": "YouTube",
    "zenodo.org": "Zenodo",
}
COUNTRY = re.compile(r"^scholar\.google\.[a-z.]+$")  # each country has an address of its own
MASTODON = re.compile(r"/(?:@|users/)[\w.-]+(?:@[\w.-]+)?/?")  # on any host
TELLING = re.compile(r"[^/?#]+(?:/[^/?#]+){0,2}")
TELLING_LENGTH = 48  # characters of an address that a reader would type


def network(address: str) -> str:
    """What people call the place that an address leads to; its host where they have no name for it."""
    host = "scholar.google.com" if COUNTRY.match(host_of(address)) else host_of(address)
    labels = host.split(".")
    domains = (".".join(labels[start:]) for start in range(len(labels)))
    if known := next((NETWORKS[domain] for domain in domains if domain in NETWORKS), ""):
        return known
    return "Mastodon" if MASTODON.fullmatch(urlsplit(address).path) else as_typed(host)


def display_url(address: str) -> str:
    """An address as a reader can type it, or where it leads to if that says more."""
    text = strip_scheme(address)
    return text if len(text) <= TELLING_LENGTH and TELLING.fullmatch(text) else network(address)


def strip_scheme(address: str) -> str:
    """An address without what every address has, in the letters that it was typed in."""
    host, slash, path = re.sub(r"^(?:https?://)?(?:www\.)?", "", address, flags=re.IGNORECASE).partition("/")
    return f"{as_typed(host)}{slash}{unquote(path)}".rstrip("/")


def normalize_url(address: str) -> str:
    """What all addresses of one page have in common, with and without ``index.html``."""
    host, _, path = strip_scheme(address).partition("/")
    return f"{host.lower()}/{path}".removesuffix("/index.html").rstrip("/")


def as_typed(host: str) -> str:
    """A host's name in the letters that it stands for: ``xn--p8sx0v.example`` is 文字.example."""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:  # in these letters already, or no such name
        return host


def host_of(address: str) -> str:
    """The host of an address, without ``www.``."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
