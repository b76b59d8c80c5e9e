"""The owner's CV, fact by fact, looked for on the pages and in the PDF. A fact that changes is changed here too."""

import functools
import re
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest
from bs4 import Tag
from conftest import ROOT, Built, build_site
from pybtex.database import parse_file


class Paper(NamedTuple):
    """A publication as the CV has it, in the order in which a list shows it; ``url`` is where its title leads."""

    venue: str
    title: str
    authors: str
    where: str = ""
    url: str = ""

    def facts(self) -> tuple[str, ...]:
        """What a list says of it."""
        return (f"{self.venue} {self.title}", self.authors, *filter(None, [self.where]))

    def in_cv(self) -> tuple[str, ...]:
        """What a CV says of it."""
        return (f'{self.venue} {self.authors}. "{self.title}."', *filter(None, [self.where]))


# In the CV's order. A * is an equal contribution.
PAPERS = {
    "scorpio": Paper(
        "Preprint",
        "SCORPIO: Serving the Right Requests at the Right Time for Heterogeneous SLOs in LLM Inference",
        "Yinghao Tang, Tingfeng Lan, Xiuqi Huang, Hui Lu, Wei Chen",
        url="https://arxiv.org/abs/2505.23022",
    ),
    "zenflow": Paper(
        "Preprint",
        "ZenFlow: Enabling Stall-Free Offloading Training via Asynchronous Updates",
        "Tingfeng Lan, Yusen Wu, Bin Ma, Zhaoyuan Su, Rui Yang, Tekin Bicer, Masahiro Tanaka, Olatunji Ruwase, "
        "Dong Li, Yue Cheng",
        "ZenFlow has been adopted into DeepSpeed",
        "https://arxiv.org/abs/2505.12242",
    ),
    "lambdascale": Paper(
        "Preprint",
        "λScale: Enabling Fast Scaling for Serverless Large Language Model Inference",
        "Minchen Yu, Rui Yang, Chaobo Jia, Zhaoyuan Su, Sheng Yao, Tingfeng Lan, Yuchen Yang, Yue Cheng, Wei Wang, "
        "Ao Wang, Ruichuan Chen",
        url="https://arxiv.org/abs/2502.09922",
    ),
    "pathbee": Paper(
        "Preprint",
        "PathBee: Accelerating Shortest Path Querying via Graph Neural Networks",
        "Jiale Lao, Yinghao Tang, Tingfeng Lan, Mingjie Tang, Yuanchun Zhou, Jianguo Wang",
    ),
    "zipllm": Paper(
        "NSDI'26",
        "ZipLLM: Efficient LLM Storage via Model-Aware Synergistic Data Deduplication and Compression",
        "Zirui Wang, Tingfeng Lan, Zhaoyuan Su, Juncheng Yang, Yue Cheng",
        "In Proceedings of the 23rd USENIX Symposium on Networked Systems Design and Implementation, 2026 (to appear)",
        "https://www.usenix.org/conference/nsdi26/presentation/wang-zirui",
    ),
    "mlora": Paper(
        "VLDB'25",
        "mLoRA: Fine-Tuning LoRA Adapters via Highly-Efficient Pipeline Parallelism in Multiple GPUs",
        "Zhengmao Ye*, Dengchun Li*, Zetao Hu, Tingfeng Lan, Jian Sha, Sicong Zhang, Lei Duan, Jie Zuo, Hui Lu, "
        "Yuanchun Zhou, Mingjie Tang",
        "Proceedings of the VLDB Endowment 18(6):1948–1961, 2025. 51st International Conference on Very "
        "Large Data Bases",
        "https://doi.org/10.14778/3725688.3725718",
    ),
    "dlrover": Paper(
        "VLDB'24",
        "DLRover-RM: Resource Optimization for Deep Recommendation Models Training in the Cloud",
        "Qinlong Wang*, Tingfeng Lan*, Yinghao Tang, Bo Sang, Haitao Zhang, Jian Sha, Hui Lu, Ke Zhang, Mingjie Tang",
        "Proceedings of the VLDB Endowment 17(12):4130–4144, 2024. 50th International Conference on Very "
        "Large Data Bases",
        "https://doi.org/10.14778/3685800.3685832",
    ),
}

BROADLY = (
    "Broadly interested in co-designing systems and algorithms for efficient large-scale machine learning, "
    "with a focus on foundation models (e.g., GPT, LLaMA)."
)
RETHINKS = (
    "rethinks the design of large-scale systems for LLM applications in the interaction between computing and "
    "storage systems"
)
OPTIMIZES = (
    "optimizes/offloads/accelerates critical operations of LLM apps to the most appropriate hardware to harmonize "
    "heterogeneity, efficiency, and performance."
)
INTERESTS = (BROADLY, "Current research", RETHINKS, OPTIMIZES)

# What the CV says of the work, in sentences that both the CV and the project's page carry.
DLROVER_RM = (
    "esigned and implemented DLRover-RM (VLDB'24), a resource-aware optimization system for large-scale "
    "recommendation-model training that improves resource utilization and reduces training cost in cloud environments."
)
M_LORA = (
    "esigned and implemented m-LoRA (VLDB'25), a multi-tenant LoRA training framework that enables parallel "
    "multi-adapter fine-tuning via pipeline parallelism, reducing memory redundancy and improving training throughput."
)
ZENFLOW = (
    "Designed and implemented ZenFlow, an importance-aware asynchronous offloading system that decouples GPU and CPU "
    "updates to eliminate GPU stalls.",
    "Achieved up to 5× end-to-end speedup, 2× reduction in PCIe traffic, and over 85% stall elimination while "
    "preserving accuracy.",
)
BATCHLORA = (
    'Designed and implemented a training mechanism "BatchLoRA" which allows multiple LoRA adapters to share the '
    "pre-trained base model concurrently with reduced kernel launch overhead."
)
AUTOTUNER = (
    "Designed and implemented a hyper-parameter autotuner to optimize performance-relevant configurations, like "
    "micro-batch size, for maximum hardware utilization.",
    "Achieved over 95% memory utilization within a 30s estimation and re-configuration time",
)
ELASTIC_TRAINER = (
    "An elastic trainer, allowing for real-time hyper-parameter configuration during training sessions, thereby "
    "eliminating the restart overheads typically necessary in conventional training frameworks."
)

# All of the CV below its header, in its order; what stands in one line is in the order of the page, or of the PDF.
CV = (
    ("Research interests",),
    INTERESTS,
    ("Education",),
    ("University of Virginia, VA, USA", "Ph.D. in Computer Science · Advisor: Prof. Yue Cheng", "Sep 2024 – Present"),
    (
        *("Sichuan University, Sichuan, China", "B.Eng. in Computer Engineering · Advisor: Prof. Mingjie Tang"),
        "Sep 2020 – Jun 2024",
    ),
    ("Industry experience",),
    ("AntGroup, AI Infra", "Research Intern · Manager: Jian Sha", "Sep 2023 – Jul 2024"),
    (DLROVER_RM,),
    (M_LORA,),
    ("Publications", "* Equal contribution"),
    *(paper.in_cv() for paper in PAPERS.values()),
    ("Open source projects",),
    ("DeepSpeed-ZenFlow", "Oct 2024 – Present"),
    ("A stall-free offloading framework for LLM fine-tuning.",),
    ("Available on DeepSpeed", "received 40k+ stars on GitHub"),
    ZENFLOW,
    ("mLoRA", "Sep 2023 – May 2024"),
    ("An efficient multi-tenant LoRA training system.", "Received 300+ stars on GitHub"),
    (BATCHLORA,),
    ("DLRover", "Jun 2023 – Mar 2024"),
    ("An efficient AutoDL system with fault-tolerance awareness.",),
    ("Received 1.5k+ stars on GitHub", "joined LF AI & Data Foundation"),
    (*AUTOTUNER, ELASTIC_TRAINER),
    ("Funding and grants",),
    ("Modal Research Grant", "2025"),
    ("Service & activities", "External service"),
    ("Artifact Evaluation Committee for EuroSys'26", "2025–2026"),
    ("Journal reviewer for IEEE TBD'24", "2023–2024"),
)
HEADER = ("Tingfeng Lan", "antlera.github.io", "erc8gx@virginia.edu")

# On which page which facts are.
FACTS = {
    "index": (
        *("Ph.D. student in Computer Science at the University of Virginia", "advised by Prof. Yue Cheng"),
        *("erc8gx@virginia.edu", *INTERESTS),
    ),
    "research/index": INTERESTS,
    "publications/index": tuple(fact for paper in PAPERS.values() for fact in paper.facts()),
    "projects/index": (
        *("DeepSpeed-ZenFlow", "Preprint · Oct 2024 – Present", "mLoRA", "VLDB'25 · Sep 2023 – May 2024"),
        *("DLRover", "VLDB'24 · Jun 2023 – Mar 2024", "ZipLLM", "λScale", "SCORPIO", "PathBee"),
    ),
    "projects/deepspeed-zenflow": (
        *("DeepSpeed-ZenFlow is a stall-free offloading framework for LLM fine-tuning.", "available on DeepSpeed"),
        *("ZenFlow is adopted into DeepSpeed", "received 40k+ stars on GitHub", *ZENFLOW, *PAPERS["zenflow"].facts()),
    ),
    "projects/mlora": (
        *("mLoRA is an efficient multi-tenant LoRA training system.", "received 300+ stars on GitHub"),
        *(BATCHLORA, "AntGroup, AI Infra", M_LORA, *PAPERS["mlora"].facts(), "* Equal contribution"),
    ),
    "projects/dlrover": (
        *("DLRover is an efficient AutoDL system with fault-tolerance awareness.", "received 1.5k+ stars on GitHub"),
        *("joined the LF AI & Data Foundation", *AUTOTUNER, ELASTIC_TRAINER, "AntGroup, AI Infra", DLROVER_RM),
        *(*PAPERS["dlrover"].facts(), "* Equal contribution"),
    ),
    "projects/zipllm": PAPERS["zipllm"].facts(),
    "projects/lambdascale": PAPERS["lambdascale"].facts(),
    "projects/scorpio": PAPERS["scorpio"].facts(),
    "projects/pathbee": PAPERS["pathbee"].facts(),
    "cv/index": (*HEADER, *(fact for line in CV for fact in line)),
}

HOME, GITHUB, MAIL = "https://antlera.github.io/", "https://github.com/Antlera", "mailto:erc8gx@virginia.edu"

# Which words on which page lead where.
LINKS = {
    "index": {
        "erc8gx@virginia.edu": MAIL,
        "GitHub": GITHUB,
        "antlera.github.io": HOME,
        "Curriculum vitae": "cv/index.html",
        "University of Virginia": "https://www.virginia.edu/",
        "Computer Science": "https://engineering.virginia.edu/departments/computer-science",
        "Prof. Yue Cheng": "https://tddg.github.io/",
        "All publications": "publications/index.html",
        "All projects": "projects/index.html",
        "DeepSpeed-ZenFlow": "projects/deepspeed-zenflow.html",
        "mLoRA": "projects/mlora.html",
        "DLRover": "projects/dlrover.html",
    },
    "projects/index": {
        "DeepSpeed-ZenFlow": "deepspeed-zenflow.html",
        "mLoRA": "mlora.html",
        "DLRover": "dlrover.html",
        "ZipLLM": "zipllm.html",
        "λScale": "lambdascale.html",
        "SCORPIO": "scorpio.html",
        "PathBee": "pathbee.html",
    },
    "cv/index": {
        "erc8gx@virginia.edu": MAIL,
        "GitHub": GITHUB,
        "antlera.github.io": HOME,
        "University of Virginia": "https://www.virginia.edu/",
        "Prof. Yue Cheng": "https://tddg.github.io/",
        "Sichuan University": "https://www.scu.edu.cn/",
        "Prof. Mingjie Tang": "https://merlintang.github.io/",
        "DLRover-RM": "../projects/dlrover.html",
        "m-LoRA": "../projects/mlora.html",
        "DeepSpeed-ZenFlow": "../projects/deepspeed-zenflow.html",
        "DeepSpeed": "https://github.com/deepspeedai/DeepSpeed",
        "mLoRA": "../projects/mlora.html",
        "DLRover": "../projects/dlrover.html",
        "LF AI & Data Foundation": "https://lfaidata.foundation/",
        "Modal": "https://modal.com/academics",
        "Artifact Evaluation Committee": "https://sysartifacts.github.io/eurosys2026/organizers",
        "IEEE TBD": "https://www.computer.org/csdl/journal/bd",
    },
    "projects/deepspeed-zenflow": {
        "DeepSpeed": "https://github.com/deepspeedai/DeepSpeed",
        "pull request 7391": "https://github.com/deepspeedai/DeepSpeed/pull/7391",
    },
    "projects/mlora": {"TUDB-Labs/mLoRA": "https://github.com/TUDB-Labs/mLoRA"},
    "projects/dlrover": {
        "LF AI & Data Foundation": "https://lfaidata.foundation/",
        "intelligent-machine-learning/dlrover": "https://github.com/intelligent-machine-learning/dlrover",
    },
    "publications/index": {paper.title: paper.url for paper in PAPERS.values() if paper.url},
}

# What grows or was measured once says when.
DATED = [
    ("cv/index", "40k+ stars"),
    ("cv/index", "300+ stars"),
    ("cv/index", "1.5k+ stars"),
    ("projects/deepspeed-zenflow", "40k+ stars"),
    ("projects/mlora", "300+ stars"),
    ("projects/dlrover", "1.5k+ stars"),
    ("projects/dlrover", "over 95% memory utilization within a 30s"),
]

# Slips of the CV, mended on the site.
MENDED = {"Qinglong": "Qinlong Wang", "Yuanchuan": "Yuanchun Zhou", "51th": "51st International Conference"}

# What is left behind where a text was scanned, or is not finished.
LEFTOVERS = ["TODO", "Lorem", "lorem", "Erc8gx", "Zen Flow", "Deep Speed", "\\text", "\\bf", "★", "♠", "📌", "↑", "�"]

TYPOGRAPHY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-"})


def normal(text: str) -> str:
    """A text without what typography adds to it: kinds of quotes, of dashes, of spaces."""
    return " ".join(unicodedata.normalize("NFC", text).translate(TYPOGRAPHY).split())


def said(element: Tag) -> str:
    """What an element says; unlike in ``Built.text`` a link or emphasis puts no space before a comma."""
    copy = element.__copy__()
    for mark in copy.select(".headerlink"):
        mark.decompose()
    for inline in copy(["a", "bdi", "code", "em", "span", "strong", "time"]):
        inline.unwrap()
    copy.smooth()
    return normal(copy.get_text(" "))


@pytest.fixture(scope="module")
def article(site: Built) -> Callable[[str], Tag]:
    """A page's article, parsed once."""

    @functools.cache
    def parsed(name: str) -> Tag:
        found = site.page(name).find("article")
        assert isinstance(found, Tag)
        return found

    return parsed


def entries(page: Tag) -> list[tuple[Tag, str]]:
    """A page's publications, each with its authors."""
    return [(entry, said(entry.select_one(".publication-authors"))) for entry in page.select("li.publication")]


def each(table: dict[str, tuple[str, ...]] | dict[str, dict[str, str]]) -> list[object]:
    """What a table says of each page, as parameters named by it."""
    return [pytest.param(page, fact, id=f"{page}: {fact}") for page, facts in table.items() for fact in facts]


@pytest.mark.parametrize(("page", "fact"), each(FACTS))
def test_the_reader_finds_every_fact(article: Callable[[str], Tag], page: str, fact: str) -> None:
    assert normal(fact) in said(article(page))


@pytest.mark.parametrize("page", ["index", "cv/index"])
def test_the_first_words_say_who_this_is(article: Callable[[str], Tag], page: str) -> None:
    assert "Tingfeng Lan" in said(article(page))[:60]


def in_order(text: str) -> None:
    """Check that a text has all of the CV, line after line."""
    rest = normal(text)
    for before, line in zip((("the header",), *CV), CV, strict=False):
        assert [fact for fact in line if normal(fact) not in rest] == [], f"not after {before!r}"
        rest = rest[max(rest.index(normal(fact)) + len(normal(fact)) for fact in line) :]


def test_the_cv_is_read_in_its_own_order(article: Callable[[str], Tag]) -> None:
    in_order(said(article("cv/index")))


@pytest.fixture(scope="module", params=["us-letter", "a4"])
def cv(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The CV as a PDF, on each kind of paper."""
    work = tmp_path_factory.mktemp(request.param)
    return build_site(work, "-b", "cv", "-D", f"cv_paper={request.param}").output / "tingfeng-lan-cv.pdf"


def read(pdf: Path) -> str:
    """What a program reads in a PDF, without the line at the foot of each page."""
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return normal(re.sub(r"Tingfeng Lan · \d+ / \d+", "", text))


def test_the_pdf_begins_with_who_this_is_and_where(cv: Path) -> None:
    assert [fact for fact in HEADER if fact not in read(cv)[:200]] == []


def test_a_program_reads_the_whole_cv_in_the_pdf_in_its_order(cv: Path) -> None:
    in_order(read(cv))


@pytest.mark.parametrize(("page", "words"), each(LINKS))
def test_the_words_lead_where_they_say(article: Callable[[str], Tag], page: str, words: str) -> None:
    links = {unquote(link["href"]) for link in article(page)("a", href=True) if said(link) == normal(words)}
    assert LINKS[page][words] in links


@pytest.mark.parametrize("page", ["cv/index", "publications/index"])
def test_each_of_the_seven_papers_carries_its_own_label_and_authors(article: Callable[[str], Tag], page: str) -> None:
    shown = {
        said(entry.select_one(".publication-title")): (said(entry.select_one(".publication-venue")), authors)
        for entry, authors in entries(article(page))
    }
    assert shown == {normal(paper.title): (paper.venue, paper.authors) for paper in PAPERS.values()}


def test_the_newest_papers_come_first_under_their_year(article: Callable[[str], Tag]) -> None:
    years = article("publications/index").select("section section")
    assert [(said(year.find("h2")), [entry["id"] for entry, _ in entries(year)]) for year in years] == [
        ("2026", ["zipllm"]),
        ("2025", ["scorpio", "zenflow", "lambdascale", "mlora"]),
        ("2024", ["dlrover"]),
        ("Undated", ["pathbee"]),
    ]


@pytest.mark.parametrize("page", sorted(FACTS.keys() - {"research/index", "projects/index"}))
def test_the_owner_is_marked_once_in_every_list_of_authors(article: Callable[[str], Tag], page: str) -> None:
    marked = [[said(owner) for owner in entry.select(".publication-owner")] for entry, _ in entries(article(page))]
    assert marked
    assert all(names == ["Tingfeng Lan"] for names in marked)


@pytest.mark.parametrize("page", ["index", "cv/index", "publications/index"])
def test_stars_stand_at_those_who_contributed_equally_and_are_explained(
    article: Callable[[str], Tag], page: str
) -> None:
    stars = {
        (entry["id"], name.removesuffix("*"))
        for entry, authors in entries(article(page))
        for name in authors.split(", ")
        if "*" in name
    }
    assert stars == {
        ("mlora", "Zhengmao Ye"),
        ("mlora", "Dengchun Li"),
        ("dlrover", "Qinlong Wang"),
        ("dlrover", "Tingfeng Lan"),
    }
    assert "* Equal contribution" in said(article(page))


@pytest.mark.parametrize(("page", "claim"), DATED)
def test_what_changes_says_when_it_was_true(article: Callable[[str], Tag], page: str, claim: str) -> None:
    claims = [said(block) for block in article(page)(["p", "li"]) if claim in said(block)]
    assert claims
    assert all("September 2025" in text.partition(claim)[2][:80] for text in claims)


@pytest.mark.parametrize(("slip", "mended"), MENDED.items())
def test_slips_of_the_cv_are_mended_everywhere(
    site: Built, article: Callable[[str], Tag], slip: str, mended: str
) -> None:
    assert mended in said(article("cv/index"))
    assert mended in said(article("publications/index"))
    assert [page for page in site.pages() if slip in str(site.page(page))] == []


@pytest.mark.parametrize("leftover", LEFTOVERS)
def test_no_page_shows_what_was_left_over(site: Built, leftover: str) -> None:
    assert [page for page in site.pages() if leftover in str(site.page(page))] == []


def test_the_papers_can_be_read_by_other_tools() -> None:
    assert list(parse_file(ROOT / "refs.bib", "bibtex").entries) == list(PAPERS)
