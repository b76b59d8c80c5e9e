"""What language a work is in, as a code (BCP 47): ``language = {German}`` and ``langid = {ngerman}`` are ``de``.

Of an entry that says nothing, or something that is not known here, nothing is said: the site's own language is not that
of every paper.
"""

import re
from functools import cache

from babel import Locale
from babel.core import get_global

from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.exporters.fields import field_text

# The names that Babel's English ones leave out: those of LaTeX's babel and biblatex, and languages' own.
OTHER_NAMES = {
    "ar": "العربية",
    "ca": "català",
    "cs": "čeština",
    "da": "dansk",
    "de": "ngerman austrian naustrian swissgerman nswissgerman deutsch",
    "en": "american british ukenglish usenglish canadian australian newzealand",
    "es": "castilian mexican español castellano",
    "fa": "farsi",
    "fi": "suomi",
    "fr": "francais frenchb acadian canadien français",
    "hu": "magyar",
    "id": "bahasa",
    "it": "italiano",
    "ja": "日本語",
    "ko": "한국어",
    "nl": "flemish nederlands",
    "no": "norsk",
    "nb": "bokmål bokmal",
    "nn": "nynorsk",
    "pl": "polski",
    "pt": "portuges brazilian brazil português",
    "ru": "русский",
    "sl": "slovene",
    "sv": "svenska",
    "tr": "türkçe",
    "uk": "українська",
    "zh": "mandarin 中文",
}
CODE = re.compile(r"([A-Za-z]{2})((?:[-_][A-Za-z0-9]{2,8})*)")  # en, en_US, zh-Hans
SEVERAL = re.compile(r"\s*(?:[,;/&(]|\band\b)\s*")


def language(publication: Publication) -> str:
    """The code of the language that the entry says, the first where it says several; nothing where it says none."""
    return next(filter(None, (language_code(field_text(publication, name)) for name in ("language", "langid"))), "")


def language_code(text: str) -> str:
    """The code of a language, from its code or name; nothing where it is not known."""
    name = SEVERAL.split(text)[0].strip()
    if found := CODE.fullmatch(name):
        return found[1].lower() + found[2].replace("_", "-")
    name = name.casefold()
    return codes().get(name) or codes().get(name.removeprefix("lang"), "")  # biblatex writes langgerman too


@cache
def codes() -> dict[str, str]:
    """Codes of languages by name in lower case, and by the codes of three letters in ISO 639-2: ``german``, ``ger``."""
    english = {name.casefold(): code for code, name in Locale("en").languages.items()}
    ours = {name: code for code, names in OTHER_NAMES.items() for name in names.split()}
    found = {**get_global("language_aliases"), **english, **ours}
    return {name: code.replace("_", "-") for name, code in found.items()}
