r"""What LaTeX's macros read as, in tables: ``\ss`` is ß, ``\'`` an acute accent, ``\emph{…}`` emphasis, ``\apj`` ApJ.

These are the macros that stand in ``.bib`` files; pylatexenc, which knows hundreds more, is asked for the others.
"""

from typing import Literal

SpanKind = Literal["text", "emphasis", "strong", "code", "superscript", "subscript", "math"]

# An accent's combining character. Those that are letters need a brace or a space before their argument.
MARKS = {
    "'": "\N{COMBINING ACUTE ACCENT}",
    "`": "\N{COMBINING GRAVE ACCENT}",
    "^": "\N{COMBINING CIRCUMFLEX ACCENT}",
    '"': "\N{COMBINING DIAERESIS}",
    "~": "\N{COMBINING TILDE}",
    "=": "\N{COMBINING MACRON}",
    ".": "\N{COMBINING DOT ABOVE}",
    "b": "\N{COMBINING MACRON BELOW}",
    "c": "\N{COMBINING CEDILLA}",
    "d": "\N{COMBINING DOT BELOW}",
    "G": "\N{COMBINING DOUBLE GRAVE ACCENT}",
    "H": "\N{COMBINING DOUBLE ACUTE ACCENT}",
    "h": "\N{COMBINING HOOK ABOVE}",
    "k": "\N{COMBINING OGONEK}",
    "r": "\N{COMBINING RING ABOVE}",
    "t": "\N{COMBINING DOUBLE INVERTED BREVE}",
    "u": "\N{COMBINING BREVE}",
    "v": "\N{COMBINING CARON}",
    "textcommabelow": "\N{COMBINING COMMA BELOW}",
    "cb": "\N{COMBINING COMMA BELOW}",
}

# What TeX makes of characters, and of a backslash before one that is no letter; of any other it is that character.
SIGNS = {
    "---": "—",
    "--": "–",
    "``": "“",
    "''": "”",
    "`": "‘",
    "'": "’",
    "!`": "¡",
    "?`": "¿",
    "<<": "«",
    ">>": "»",
    "~": "\N{NO-BREAK SPACE}",
    "{": "",
    "}": "",
    "\\": "",
    **dict.fromkeys((r"\-", r"\/", r"\@", r"\!", r"\*", r"\+"), ""),
    **dict.fromkeys(("\\ ", "\\\n", "\\\t", r"\,", r"\;", r"\:", r"\>"), " "),
    r"\|": "‖",
}

GREEK = {
    **dict(
        zip(
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho varsigma sigma tau"
            " upsilon phi chi psi omega varepsilon vartheta varpi varrho varphi".split(),
            "α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ ς σ τ υ φ χ ψ ω ε ϑ ϖ ϱ φ".split(),
            strict=True,
        )
    ),
    **dict(
        zip(
            "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho Sigma Tau Upsilon"
            " Phi Chi Psi Omega".split(),
            "Α Β Γ Δ Ε Ζ Η Θ Ι Κ Λ Μ Ν Ξ Ο Π Ρ Σ Τ Υ Φ Χ Ψ Ω".split(),
            strict=True,
        )
    ),
}

LETTERS = {
    "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "ss": "ß", "SS": "SS", "dj": "đ", "DJ": "Đ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ",
    "ij": "ij", "IJ": "IJ", "i": "ı", "j": "ȷ", "imath": "ı", "jmath": "ȷ", "textmu": "µ", "textohm": "Ω",
    "textschwa": "ə",
}  # fmt: skip

PUNCTUATION = {
    "textendash": "–", "textemdash": "—", "emdash": "—", "endash": "–", "Dash": "—", "hyphen": "-", "slash": "/",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "textquotedbl": '"',
    "textquotesingle": "'", "quotesinglbase": "‚", "quotedblbase": "„", "glqq": "„", "grqq": "“", "glq": "‚",
    "grq": "‘", "flqq": "«", "frqq": "»", "guillemotleft": "«", "guillemotright": "»", "guillemetleft": "«",
    "guillemetright": "»", "guilsinglleft": "‹", "guilsinglright": "›", "lq": "‘", "rq": "’", "lbrace": "{",
    "rbrace": "}", "textbraceleft": "{", "textbraceright": "}", "textbackslash": "\\", "backslash": "\\",
    "textless": "<", "textgreater": ">", "less": "<", "greater": ">", "textbar": "|", "textbardbl": "‖",
    "textunderscore": "_", "textasciitilde": "~", "textasciicircum": "^", "textasciigrave": "`", "textdollar": "$",
    "textpercent": "%", "textampersand": "&", "textexclamdown": "¡", "textquestiondown": "¿", "textbullet": "•",
    "textperiodcentered": "·", "ldots": "…", "dots": "…", "textellipsis": "…", "item": " • ", "dag": "†",
    "dagger": "†", "addcolon": ":", "addcomma": ",", "adddot": ".", "addperiod": ".", "addsemicolon": ";",
    "textdoublepipe": "ǁ", "textdoublebarpipe": "ǂ", "ddag": "‡", "ddagger": "‡", "S": "§", "textsection": "§",
    "P": "¶", "textparagraph": "¶",
}  # fmt: skip

SHAPES = {
    "copyright": "© ", "textcopyright": "©", "textregistered": "®", "registered": "®", "texttrademark": "™",
    "trademark": "™", "textdegree": "°", "degree": "°", "textcelsius": "°C", "textordfeminine": "ª",
    "textordmasculine": "º", "textnumero": "№", "euro": "€", "EUR": "€", "texteuro": "€", "pounds": "£",
    "textsterling": "£", "textyen": "¥", "textcent": "¢", "textonehalf": "½", "textonequarter": "¼",
    "textthreequarters": "¾", "textpm": "±", "pm": "±", "mp": "∓", "texttimes": "×", "times": "×", "textdiv": "÷",
    "div": "÷", "cdot": "·", "cdots": "⋯", "bullet": "•", "circ": "∘", "star": "⋆", "ast": "∗", "sim": "∼",
    "texttildelow": "~", "textasciimacron": "¯", "approx": "≈", "simeq": "≃", "cong": "≅", "equiv": "≡", "ne": "≠",
    "neq": "≠", "le": "≤", "leq": "≤", "leqslant": "⩽", "lesssim": "≲", "ll": "≪", "ge": "≥", "geq": "≥",
    "geqslant": "⩾", "gtrsim": "≳", "gg": "≫", "infty": "∞", "partial": "∂", "nabla": "∇", "propto": "∝", "prime": "′",
    "to": "→", "rightarrow": "→", "textrightarrow": "→", "longrightarrow": "⟶", "leftarrow": "←",
    "textleftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "Leftrightarrow": "⇔", "uparrow": "↑",
    "downarrow": "↓", "mapsto": "↦", "ell": "ℓ", "hbar": "ℏ", "odot": "⊙", "oplus": "⊕", "otimes": "⊗", "in": "∈",
    "forall": "∀", "exists": "∃", "emptyset": "∅", "cup": "∪", "cap": "∩", "subset": "⊂", "subseteq": "⊆",
    "setminus": "∖", "neg": "¬", "wedge": "∧", "vee": "∨", "perp": "⊥", "parallel": "∥", "mid": "∣", "langle": "⟨",
    "rangle": "⟩", "lceil": "⌈", "rceil": "⌉", "lfloor": "⌊", "rfloor": "⌋", "sum": "∑", "prod": "∏", "int": "∫",
    "flat": "♭", "sharp": "♯", "natural": "♮",
}  # fmt: skip

LOGOS = {
    **{name: name for name in "LaTeX TeX BibTeX XeLaTeX XeTeX LuaLaTeX LuaTeX pdfLaTeX pdfTeX AmSLaTeX AmSTeX".split()},
    **{name: name for name in "METAFONT METAPOST PiCTeX ConTeXt KOMAScript MiKTeX".split()},
    "LaTeXe": "LaTeX2ε",
    "AmS": "AMS",
    "BibLaTeX": "BibLaTeX",
}

# The names that ADS and INSPIRE give to journals (the AASTeX macros).
JOURNALS = {
    "aj": "AJ", "actaa": "Acta Astron.", "araa": "ARA&A", "apj": "ApJ", "apjl": "ApJL", "apjlett": "ApJL",
    "apjs": "ApJS", "apjsupp": "ApJS", "ao": "Appl. Opt.", "apss": "Ap&SS", "aap": "A&A", "aapr": "A&A Rev.",
    "aaps": "A&AS", "azh": "AZh", "baas": "BAAS", "bac": "Bull. Astron. Inst. Czechoslov.",
    "caa": "Chinese Astron. Astrophys.", "cjaa": "Chinese J. Astron. Astrophys.", "icarus": "Icarus", "jcap": "JCAP",
    "jrasc": "JRASC", "maps": "Meteorit. Planet. Sci.", "memras": "MmRAS", "mnras": "MNRAS", "na": "New Astron.",
    "nar": "New Astron. Rev.", "pasa": "PASA", "pra": "Phys. Rev. A", "prb": "Phys. Rev. B", "prc": "Phys. Rev. C",
    "prd": "Phys. Rev. D", "pre": "Phys. Rev. E", "prl": "Phys. Rev. Lett.", "pasp": "PASP", "pasj": "PASJ",
    "psj": "PSJ", "qjras": "QJRAS", "rmxaa": "RMxAA", "skytel": "S&T", "solphys": "Sol. Phys.", "sovast": "Soviet Ast.",
    "ssr": "Space Sci. Rev.", "zap": "ZAp", "nat": "Nature", "iaucirc": "IAU Circ.", "aplett": "Astrophys. Lett.",
    "apspr": "Astrophys. Space Phys. Res.", "bain": "Bull. Astron. Inst. Netherlands", "fcp": "Fund. Cosmic Phys.",
    "gca": "Geochim. Cosmochim. Acta", "grl": "Geophys. Res. Lett.", "jcp": "J. Chem. Phys.",
    "jgr": "J. Geophys. Res.", "jqsrt": "J. Quant. Spectrosc. Radiat. Transf.", "memsai": "MmSAI",
    "nphysa": "Nucl. Phys. A", "physrep": "Phys. Rep.", "physscr": "Phys. Scr.", "planss": "Planet. Space Sci.",
    "procspie": "Proc. SPIE",
}  # fmt: skip

# Switches of size and face that plain text does not show, and what else leaves no trace.
SILENT = dict.fromkeys(
    "tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge rm sf sc rmfamily sffamily scshape"
    " upshape mdseries normalfont textup relax protect null xspace noindent centering unskip ignorespaces bgroup egroup"
    " begingroup endgroup leavevmode sloppy nobreak allowbreak displaystyle textstyle scriptstyle left right big Big"
    " bigg Bigg nolimits limits".split(),
    "",
)
SPACES = dict.fromkeys(
    "par newline linebreak break hfill hfil quad qquad enspace enskip thinspace space smallskip medskip bigskip"
    " nobreakspace textvisiblespace newblock hskip addspace addabbrvspace addnbspace".split(),
    " ",
)

# Macros without arguments.
SYMBOLS = {
    **JOURNALS, **GREEK, **{f"text{name}": letter for name, letter in GREEK.items()}, **SHAPES, **PUNCTUATION,
    **LETTERS, **LOGOS, **SILENT, **SPACES,
}  # fmt: skip

# Macros around a text that they make something of; "text" leaves it as it is.
KINDS_OF_MACROS: dict[str, SpanKind] = {
    "emph": "emphasis",
    "textit": "emphasis",
    "textsl": "emphasis",
    "mathit": "emphasis",
    "mkbibemph": "emphasis",
    "mkbibitalic": "emphasis",
    "titleref": "emphasis",
    "textbf": "strong",
    "mathbf": "strong",
    "mkbibbold": "strong",
    "texttt": "code",
    "code": "code",
    "lstinline": "code",
    "textsuperscript": "superscript",
    "textsubscript": "subscript",
}

# The old form, {\em so}: a switch that holds to the end of its group.
SWITCHES: dict[str, SpanKind] = {
    "em": "emphasis",
    "it": "emphasis",
    "sl": "emphasis",
    "itshape": "emphasis",
    "slshape": "emphasis",
    "bf": "strong",
    "bfseries": "strong",
    "tt": "code",
    "ttfamily": "code",
}

# Other macros with arguments: which (as pylatexenc writes it: * [ {), and what is shown of them (as TeX writes it).
MACRO_TEMPLATES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(KINDS_OF_MACROS, ("{", "#1")),
    **dict.fromkeys(
        "mbox hbox vbox makebox fbox text textrm textsf textsc textnormal textmd mathrm mathcal mathbb mathsf"
        " mathtt mathfrak mathscr operatorname underline uline uppercase lowercase MakeUppercase MakeLowercase"
        " MakeSentenceCase NoCaseChange nocase title ensuremath url path nolinkurl href acro mkbibacro bibnamefont"
        " bibfnamefont bibstring singleletter smash centerline ulink hyperlink textquote ocirc".split(),
        ("{", "#1"),
    ),
    **dict.fromkeys(["textcolor", "colorbox"], ("[{{", "#3")),
    **dict.fromkeys(["bibinfo", "bibfield", "href@noop", "foreignlanguage", "textlang", "scalebox"], ("{{", "#2")),
    **dict.fromkeys(["raisebox"], ("{[[{", "#4")),
    **dict.fromkeys(["resizebox", "parbox"], ("{{{", "#3")),
    **dict.fromkeys(["rotatebox", "fcolorbox"], ("[{{", "#3")),
    **dict.fromkeys(["enquote", "mkbibquote"], ("*{", "“#2”")),
    **dict.fromkeys(["blockquote", "foreignquote"], ("[{", "“#2”")),
    **dict.fromkeys(["textcquote", "blockcquote"], ("[[{[{", "“#5”")),
    **dict.fromkeys(["mkbibparens"], ("*{", "(#2)")),
    **dict.fromkeys(["mkbibbrackets"], ("*{", "[#2]")),
    **dict.fromkeys(["frac", "tfrac", "dfrac", "nicefrac", "sfrac", "textfrac", "unitfrac"], ("{{", "#1/#2")),
    **dict.fromkeys(["sqrt"], ("[{", "√#2")),
    **dict.fromkeys(["SI", "qty", "SIrange"], ("[{{", "#2 #3")),
    **dict.fromkeys(["num", "si", "unit"], ("[{", "#2")),
    **dict.fromkeys(["printfirst"], ("{{", "#1")),
    **dict.fromkeys(["switchargs"], ("{{", "#2#1")),
    **dict.fromkeys(["texorpdfstring"], ("{{", "#2")),
    **dict.fromkeys(
        "cite citep citet citealp citealt citeauthor citeyear nocite parencite textcite autocite fullcite footcite"
        " ref eqref autoref cref Cref pageref".split(),
        ("*[[{", "[#4]"),
    ),
    **dict.fromkeys(["footnote", "thanks", "footnotetext", "includegraphics"], ("[{", "")),
    **dict.fromkeys(
        "label index noopsort noop SortNoop sortnoop vspace hspace vphantom hphantom phantom color pagestyle tag"
        " special hypertarget footnotemark".split(),
        ("*{", ""),
    ),
    **dict.fromkeys(["fontsize", "setlength", "addtolength", "rule"], ("{{", "")),
}
