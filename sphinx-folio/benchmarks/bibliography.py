"""Write a long bibliography that looks like a real one: ``python benchmarks/bibliography.py 1000 > refs.bib``.

It has what a converter has to work for (accents as LaTeX and as UTF-8, math, protective braces, 1–20 authors,
abstracts) and no mistakes, so that every tool reads all of it. The same number always gives the same file.
"""
# ruff: noqa: S311, T201 (the dice choose words; this is a command)

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

OWNER = 'L{\\"o}vgren, Ada'
OWNER_FAMILY = "Lövgren"
OWNER_NAME = f"Ada {OWNER_FAMILY}"
VOCABULARY = 4_000
COLLABORATORS = 3_000
TOPICS = 60

COMMON = """
the of and a in to for is we that with on are by as this an which it from be at can our these not or have using results
data model method show between has new but also their than based approach system time both time used two more such
problem performance high while where number present network set learning analysis one each most only under linear show
different state first large when however given been all how other these through over distributed parallel well small
demonstrate error cost optimal graph training sampling memory latency efficient algorithm framework theory empirical
evaluation significantly improves without robust several existing estimate bounds sparse dynamics throughput workloads
""".split()

FIRST_NAMES = (
    """
Anna, Wei, Jian, Maria, Yuki, Olu, Fatima, Carlos, Priya, Sven, Chiara, Ahmed, Linh, Ivan, Sofia, Noah, Mei, Omar,
Lucía, Jürgen, Zoë, Hana, Tomás, Ingrid, Kwame, Leila, Pavel, Amélie, Rajesh, Xiuqi, Thandi, Mateo, Freya, Dmitri,
Aylin, Gabriel, J., A. B., Mary Jane, M.~A., Jean-Luc, {\\'E}milie, Bj{\\"o}rn, Fran{\\c{c}}ois, Jos{\\'e}, {\\O}yvind,
Ren{\\'e}e, S{\\o}ren, Zo{\\"e}, {\\L}ukasz
""".strip()
    .replace("\n", " ")
    .split(", ")
)

ONSETS = "b c ch d f g gr h k l m n p ph qu r s sc st t th tr v w z".split()
ENDINGS = "l n r s m ng tion ty ment sis nal ric tive lar sion nce".split()
PARTICLES = ("van der", "de", "von", "de la", "di")
ACCENTED = (
    '{\\"u}',
    '{\\"o}',
    "{\\'e}",
    "{\\'\\i}",
    "{\\~n}",
    "{\\c c}",
    "{\\v s}",
    "{\\o}",
    "{\\ss}",
    "é",
    "ü",
    "ł",
    "ñ",
    "å",
)

VENUES = {
    "inproceedings": (
        "Proceedings of the 41st International Conference on Machine Learning",
        "Advances in Neural Information Processing Systems",
        "Proceedings of the {ACM SIGMOD} International Conference on Management of Data",
        "18th {USENIX} Symposium on Operating Systems Design and Implementation ({OSDI} 24)",
        "{IEEE}/{CVF} Conference on Computer Vision and Pattern Recognition",
        "Proceedings of the 60th Annual Meeting of the Association for Computational Linguistics",
        "{ACM} Symposium on Theory of Computing",
        "International Conference on Learning Representations",
        "Proceedings of the {CHI} Conference on Human Factors in Computing Systems",
        "Workshop on Systems for {ML}",
    ),
    "article": (
        "Nature Communications",
        "Physical Review Letters",
        "Journal of the {ACM}",
        "{IEEE} Transactions on Parallel and Distributed Systems",
        "Proceedings of the {VLDB} Endowment",
        "{SIAM} Journal on Computing",
        "Bioinformatics",
        "Astronomy {\\&} Astrophysics",
        'Zeitschrift f{\\"u}r Physik {A}',
        "Machine Learning",
    ),
    "incollection": ("Handbook of Approximation Algorithms", "The {Oxford} Companion to Data"),
}
PUBLISHERS = ("ACM", "{IEEE}", "Springer", "Elsevier", "{USENIX} Association", "Cambridge University Press")
SCHOOLS = ("Universit{\\'e} de Gen{\\`e}ve", "Uppsala University", "{MIT}", "Universität Tübingen")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

MATH = (
    "$O(n \\log n)$",
    "$k$",
    "$\\alpha$",
    "$H_2O$",
    "$\\ell_1$",
    "$\\epsilon > 0$",
    "$x_{i+1}^{2} = \\sqrt{\\beta}$",
    "$\\frac{1}{n} \\sum_{i=1}^{n} x_i$",
    "$2^{64}$",
    "$\\mathcal{L}$",
)
MARKED = ("\\emph{%s}", "\\textit{%s}", "``%s''", "%s~2.0", "%s \\& al", "95\\%% %s", "%s---", "state--%s")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; the values are LaTeX, ``month`` is a macro."""

    type: str
    key: str
    fields: dict[str, str]

    def __str__(self) -> str:
        """As it stands in a .bib file."""
        lines = (f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in self.fields.items())
        return f"@{self.type}{{{self.key},\n{''.join(lines)}}}\n"


class Deck:
    """Things that are drawn again and again, the first ones most often (Zipf's law)."""

    def __init__(self, things: Sequence[str], dice: Random) -> None:
        self.things = things
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(things))))
        self.dice = dice

    def draw(self, count: int = 1) -> list[str]:
        """Some, perhaps the same one twice."""
        return self.dice.choices(self.things, cum_weights=self.weights, k=count)


class Writer:
    """Writes entries, one after the other."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        invented = sorted({self.word() for _ in range(VOCABULARY)})
        self.dice.shuffle(invented)
        self.invented = Deck(invented, self.dice)
        self.words = Deck([*COMMON, *invented], self.dice)
        self.topics = Deck([" ".join(self.invented.draw(2)) for _ in range(TOPICS)], self.dice)
        self.collaborators = Deck(list(dict.fromkeys(self.name() for _ in range(COLLABORATORS))), self.dice)

    def chance(self, probability: float) -> bool:
        """True that often."""
        return self.dice.random() < probability

    def word(self) -> str:
        """An invented word, two to four syllables long."""
        syllables = (
            self.dice.choice(ONSETS) + self.dice.choice("aeiou") for _ in range(self.dice.choice((1, 2, 2, 3)))
        )
        return "".join(syllables) + self.dice.choice(ENDINGS)

    def name(self) -> str:
        """A person as ``Family, Given``."""
        family = self.word()[:9].capitalize()
        if self.chance(0.25):
            family += self.dice.choice(ACCENTED) + self.dice.choice("nrlt")
        if self.chance(0.06):
            family = f"{self.dice.choice(PARTICLES)} {family}"
        if self.chance(0.02):
            family += ", Jr."
        return f"{family}, {self.dice.choice(FIRST_NAMES)}"

    def authors(self) -> str:
        """One to twenty, the owner among them."""
        names = list(dict.fromkeys(self.collaborators.draw(self.dice.randint(0, 19))))
        place = self.dice.choice((0, len(names), self.dice.randint(0, len(names))))
        return " and ".join([*names[:place], OWNER, *names[place:]])

    def title(self) -> str:
        """Six to fourteen words, some protected, some math."""
        words = [word.capitalize() for word in self.words.draw(self.dice.randint(6, 14))]
        place = self.dice.randrange(len(words))
        if self.chance(0.5):
            words[place] = f"{{{words[place].upper() if self.chance(0.5) else words[place]}}}"
        if self.chance(0.15):
            words.insert(place, self.dice.choice(MATH))
        if self.chance(0.1):
            words.insert(place, f"{self.word().capitalize()}{self.dice.choice(ACCENTED)}{self.dice.choice('nrlt')}'s")
        if self.chance(0.3):
            words[0] = f"{{{words[0]}}}:"
        return " ".join(words)

    def abstract(self) -> str:
        """About a hundred words in sentences."""
        return " ".join(self.sentence() for _ in range(self.dice.randint(5, 7)))

    def sentence(self) -> str:
        """Twelve to twenty-two words; some have math or markup."""
        words = self.words.draw(self.dice.randint(12, 22))
        place = self.dice.randrange(1, len(words))
        if self.chance(0.15):
            words[place] = self.dice.choice(MARKED) % words[place]
        if self.chance(0.15):
            words.insert(place, self.dice.choice(MATH))
        words[0] = words[0].capitalize()
        return " ".join(words) + "."

    def entry(self, number: int) -> Entry:
        """The next one."""
        kind = self.dice.choices(("inproceedings", "article", "misc", "incollection", "phdthesis"), (45, 38, 12, 4, 1))[
            0
        ]
        year = self.dice.choices(range(1994, 2026), range(4, 36))[0]
        key = f"lovgren{year}{self.dice.choice(self.invented.things)}{number}"
        fields = {"title": self.title(), "author": self.authors(), "year": str(year)}
        if self.chance(0.5):
            fields["month"] = self.dice.choice(MONTHS)
        fields |= self.venue(kind, number)
        if kind != "misc" or self.chance(0.3):
            fields["doi"] = f"10.5555/{year}.{number:06}"
        if self.chance(0.6):
            fields["url"] = f"https://papers.example/{year}/{key}_final.html?from=list&page={number % 7}"
        if self.chance(0.3):
            fields["code"] = f"https://code.example/{key}"
        if self.chance(0.03):
            fields["note"] = "Best paper award"
        if self.chance(0.01):
            fields["selected"] = "true"
        fields["keywords"] = ", ".join(dict.fromkeys(self.topics.draw(self.dice.randint(1, 4))))
        fields["abstract"] = self.abstract()
        return Entry(kind, key, fields)

    def venue(self, kind: str, number: int) -> dict[str, str]:
        """Where an entry of this kind appeared."""
        first = self.dice.randint(1, 1_500)
        pages = {"pages": f"{first}--{first + self.dice.randint(4, 30)}"}
        name = self.dice.choice(VENUES.get(kind, ("",)))
        match kind:
            case "inproceedings":
                return {"booktitle": name, "publisher": self.dice.choice(PUBLISHERS)} | pages
            case "article":
                volume = {"volume": str(self.dice.randint(1, 90)), "number": str(self.dice.randint(1, 12))}
                return {"journal": name} | volume | pages
            case "incollection":
                return {"booktitle": name, "publisher": self.dice.choice(PUBLISHERS), "edition": "Second"} | pages
            case "phdthesis":
                return {"school": self.dice.choice(SCHOOLS)}
            case _:
                eprint = f"{self.dice.randint(7, 25):02}{self.dice.randint(1, 12):02}.{number % 100_000:05}"
                return {"eprint": eprint, "archiveprefix": "arXiv", "primaryclass": "cs.DC"}


def entries(count: int, seed: int = 1) -> Iterator[Entry]:
    """So many entries; the first of a longer bibliography are those of a shorter one."""
    writer = Writer(seed)
    return (writer.entry(number) for number in range(count))


if __name__ == "__main__":
    for entry in entries(int(sys.argv[1])):
        print(entry)
