"""What language a work is in, as a code (BCP 47): ``language = {German}`` and ``langid = {ngerman}`` are ``de``.

Of an entry that says nothing, or something that is not known here, nothing is said: the site's own language is not that
of every paper.
"""

import re

from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.exporters.fields import field_text

# The names that people write, babel's, and the codes of three letters that libraries use.
LANGUAGE_NAMES = {
    "ar": "arabic ara العربية",
    "bg": "bulgarian bul",
    "ca": "catalan cat català",
    "cs": "czech ces cze čeština",
    "da": "danish dan dansk",
    "de": "german ngerman austrian naustrian swissgerman nswissgerman deu ger deutsch",
    "el": "greek ell gre",
    "en": "english american british ukenglish usenglish canadian australian newzealand eng",
    "es": "spanish castilian mexican spa español castellano",
    "et": "estonian est",
    "fa": "persian farsi fas per",
    "fi": "finnish fin suomi",
    "fr": "french francais frenchb acadian canadien fra fre français",
    "he": "hebrew heb",
    "hi": "hindi hin",
    "hr": "croatian hrv",
    "hu": "hungarian magyar hun",
    "id": "indonesian ind bahasa",
    "it": "italian ita italiano",
    "ja": "japanese jpn 日本語",
    "ko": "korean kor 한국어",
    "la": "latin lat",
    "lt": "lithuanian lit",
    "lv": "latvian lav",
    "nl": "dutch flemish nld dut nederlands",
    "no": "norwegian norsk nor",
    "nb": "bokmål bokmal nob",
    "nn": "nynorsk nno",
    "pl": "polish pol polski",
    "pt": "portuguese portuges brazilian brazil por português",
    "ro": "romanian ron rum",
    "ru": "russian rus русский",
    "sk": "slovak slk slo",
    "sl": "slovenian slovene slv",
    "sr": "serbian srp",
    "sv": "swedish swe svenska",
    "th": "thai tha",
    "tr": "turkish tur türkçe",
    "uk": "ukrainian ukr українська",
    "vi": "vietnamese vie",
    "zh": "chinese mandarin zho chi 中文",
}
CODES = {name: code for code, names in LANGUAGE_NAMES.items() for name in names.split()}
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
    return CODES.get(name.lower().removeprefix("lang"), "")  # biblatex writes langgerman too
