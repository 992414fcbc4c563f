"""A language as data: its profile (`language.toml`) and where the folders of packs are.

`rules/` stands beside the package so that editors need not open it. A wheel carries it inside as `credibility/_rules`;
`pack_root` alone knows which of the two holds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import tomli

from credibility.errors import PackError, nearest

T = TypeVar("T")


def pack_root() -> Path:
    """The folder that holds the packs shipped with this package."""
    inside = Path(__file__).parent / "_rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "rules"


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a language writes quantities: the grammar that `quantities` reads. A word that ends in * stands for all that begin so.

    `values` are numerals ('trente' = 30), `scales` multiply what stands before them, `attached_scales` only when written as one
    with the digits ('3bn'). `vague` are quantities without a number ('centaines' = 100), `vague_phrases` such of several words,
    `quantifiers` what belongs to them ('plusieurs'), `vague_needs` are
    vague only before `links` ('scores of', not 'low scores'). `prefixes` may stand glued to digits (Arabic «بـ»), `articles`
    of two letters are such. `fused` is the particle
    inside numerals written as one word (German 'und'), `rank_superlatives` end ranks that are
    ('zweitgrößte'), `joiners` those between words, `attached_joiner` one written onto the word behind
    it (Arabic «و»). Currencies give ISO 4217 codes, measures
    the unit. What stands after `not_after` words or before `not_before` ones is no statistic: `durations` and `lengths` neither.
    `approximators` ('about') stand before counts and not before years, `parts` before a part of a count ('including two').
    `multiplied` and `multiplied_by` make a multiple of a numeral ('multiplié par cinq').
    `totals` say that a count sums up those before it ('a total of').
    Numbers with decimals beside `magnitudes` are the strength of an earthquake, a hyphen joins a count to `compounds` only
    ('a 200-member assembly', not 'a 12-year-old'). 'One' is a count only of an outcome, behind `parts` or `at_least`. Before
    `subject_verbs` a number counts what was named before ('50 were found'), behind `phones` it is called. `possessives` are those of
    `definite` that may stand before an outcome ('killed his three dogs', not 'the three victims said').
    'A third' is a fraction only before `fraction_of` or beside a `change` behind `changed_by` ('fell by a third'), a half none before
    `fraction_not_before` ('half an hour'); `indefinite` articles
    stand for one ('a quarter'), and before `fraction_nouns` ordinals are fractions as they are ('la tercera parte'). `halves` behind a
    scale add one ('un millón y medio'). Behind `day_before` a number that no noun follows is a day ('el día 16').
    'Three times' is a multiple only beside `compare`. `only_negated` are `only` words behind one of
    `negations` ('il ne reste que deux'), people who are `aged` have their age behind 'over' ('women over 30'),
    and anybody behind `age_before` ('she was 84'). Days and their month may have `date_joins` between ('vom 10. bis 12. Mai'), a number
    of four digits behind `year_after` is a year ('since 1853'), digits with a full stop behind `ordinal_after` are ordinals
    ('zum 200. Geburtstag'), and names that end in `streets` have house numbers ('7414 East Lake Road').
    Counts below ten count only before `outcomes` or `persons` ('quatre personnes'), after `only` or `totals` or in 'three of nine'
    (`out_of`; `out_of_apart` stand behind the noun as well, 'one boat out of three').
    A vague size behind `vague_not_after` is an age ('la cinquantaine'), a number of `containers` how they are packed ('a pack of 20'),
    and a depth is a figure only near `precipitation` ('40 cm' of snow). Behind `moves` and `moved_from` two counts are no range
    ('risen from 678 to 4,862'). Points are figures behind `points_by` too ('won by 20 points'), the first of something is a rank
    where it is `worldwide`.
    A multiple that is one of `multiple_needs` is one only before `multiple_of` ('twice as', not 'think twice') or behind
    `multiple_after` ('das Dreifache'). `each` makes a share of an ordinal or whole ('jedes fünfte', 'one in every five'). `others` may
    stand between a count and what is counted ('twelve other people'), `attendance` is counted in reports on sport too ('spectators').
    A count below ten is one of a whole before `part_of` (Arabic «ثلاثة من») and all there is where `only_after` stands behind its noun
    («سبع قضايا فقط»); numbers near `texted` are those that a text message goes to.
    Behind `editions` words and a name a number tells which time it is held («مهرجان الوادي 36»), behind `specs` litres and bytes are
    those of a device.
    """

    decimal: str = ""
    groups: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    fused: str = ""
    joiners: frozenset[str] = frozenset()
    attached_joiner: str = ""
    indefinite: frozenset[str] = frozenset()
    values: Mapping[str, float] = field(default_factory=dict)
    scales: Mapping[str, float] = field(default_factory=dict)
    attached_scales: Mapping[str, float] = field(default_factory=dict)
    vague: Mapping[str, float] = field(default_factory=dict)
    vague_phrases: tuple[str, ...] = ()
    vague_needs: frozenset[str] = frozenset()
    vague_not_after: frozenset[str] = frozenset()
    quantifiers: frozenset[str] = frozenset()
    fractions: Mapping[str, float] = field(default_factory=dict)
    fraction_needs: frozenset[str] = frozenset()
    fraction_not_after: frozenset[str] = frozenset()
    fraction_not_before: frozenset[str] = frozenset()
    fraction_of: frozenset[str] = frozenset()
    compare: frozenset[str] = frozenset()
    definite: frozenset[str] = frozenset()
    multiples: Mapping[str, float] = field(default_factory=dict)
    times: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    percent: tuple[str, ...] = ()
    currencies: Mapping[str, str] = field(default_factory=dict)
    currency_adjectives: frozenset[str] = frozenset()
    measures: Mapping[str, str] = field(default_factory=dict)
    durations: frozenset[str] = frozenset()
    lengths: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    between_and: frozenset[str] = frozenset()
    ranges: frozenset[str] = frozenset()
    moves: frozenset[str] = frozenset()
    points_by: frozenset[str] = frozenset()
    worldwide: frozenset[str] = frozenset()
    moved_from: frozenset[str] = frozenset()
    ordinal_suffixes: frozenset[str] = frozenset()
    ordinals: Mapping[str, float] = field(default_factory=dict)
    rank_before: frozenset[str] = frozenset()
    rank_after: frozenset[str] = frozenset()
    rank_superlatives: tuple[str, ...] = ()
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    containers: frozenset[str] = frozenset()
    precipitation: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    only_negated: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    out_of: frozenset[str] = frozenset()
    out_of_apart: frozenset[str] = frozenset()
    aged: frozenset[str] = frozenset()
    age_before: frozenset[str] = frozenset()
    date_joins: frozenset[str] = frozenset()
    ordinal_after: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    year_after: frozenset[str] = frozenset()
    magnitudes: frozenset[str] = frozenset()
    compounds: frozenset[str] = frozenset()
    at_least: frozenset[str] = frozenset()
    possessives: frozenset[str] = frozenset()
    subject_verbs: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    changed_by: frozenset[str] = frozenset()
    part_of: frozenset[str] = frozenset()
    only_after: frozenset[str] = frozenset()
    texted: frozenset[str] = frozenset()
    halves: frozenset[str] = frozenset()
    fraction_nouns: frozenset[str] = frozenset()
    day_before: frozenset[str] = frozenset()
    editions: frozenset[str] = frozenset()
    specs: frozenset[str] = frozenset()
    short_months: frozenset[str] = frozenset()
    change: frozenset[str] = frozenset()
    approximators: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    multiplied: frozenset[str] = frozenset()
    multiplied_by: frozenset[str] = frozenset()
    multiple_needs: frozenset[str] = frozenset()
    multiple_of: frozenset[str] = frozenset()
    multiple_after: frozenset[str] = frozenset()
    each: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    attendance: frozenset[str] = frozenset()
    totals: tuple[str, ...] = ()
    market: frozenset[str] = frozenset()
    sport: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Voices:
    """How a language says who says what: the words that `attribution` reads. A word that ends in * stands for all that begin so.

    `says` are forms of reporting verbs, `according` what stands before a source ('selon'), `after_verb` says that the subject
    mostly follows its verb (Arabic). `acts` are verbs by which an actor fixes a figure, `deeds` those by which only a body or
    somebody with a name does, `trades` only a body, of what stands near behind («bought 40 boats»), and `planned` infinitives
    that are deeds behind one of `future` («will buy»). `grants` are nouns for what is fixed, as `laws` are, but not known by
    themselves («a grant»); one of `ties` stands between such a noun and its worth («une aide de 40 millions»), one of `titles`
    behind a law with a name («закон о»), one of `binding` in terms of a law or act named before («elle devra payer»).
    `unnamed` are nouns that name nobody
    ('experts'), `institutions` and `documents` those that do with an article ('la police', 'le rapport'), `pronouns` stand for
    the last one named. `passives` are evidential phrases ('is estimated'), `hearsay` auxiliaries of hearsay ('aurait'),
    if a participle follows or, in German, one of `hearsay_with` ends the clause («soll … haben»).
    `reported` are verb forms of indirect speech (German 'sei'). `clause` words end a source that follows its verb, `breaks` one
    that precedes it. `participle_endings` mark verb forms that need one of `perfect` before them; `inverts` says that the
    subject follows where an adverbial opens the sentence, `bare_clauses` that what is said follows its verb with nothing between («said the
    company had 40 boats»). `back_references` begin a sentence that continues an account,
    `determiners` and `indefinite` are articles: «the driver said» points back at somebody, «a report» at nobody; `gerunds` take
    their speaker from the clause before. `groups` are unnamed nouns too plain to blame an attribution for («residents»),
    `generic` articles that point back at nobody («les experts»). `head_final`: the noun ends its phrase («senior officials»),
    and a capital before it names a body («FDA officials») unless it has one of `adjective_endings` («Spanish officials»).
    `backward` opens a sentence that names the source of the sentence before («Об этом сообщает»). `relatives` are relative
    pronouns, `passive_with` the auxiliaries of the passive and `agents` what stands before who does it («announced by»);
    `final_auxiliaries` hold a participle at the end of the clause (German «hat … ergeben»). `laws` are documents that fix
    figures themselves («la loi», «the contract»), `asides` open a clause that the outlet slips into what is said («qui», «where»).
    `evidential` participles in the passive tell a figure with nobody behind it («were recorded»); `not_sources` stand behind
    `according` and are none («selon les pays»), `quantities` before the noun that counts («عدد من الخبراء»). `addressed` are verbs
    followed by whoever is told («told the press»), `postposed` stand behind their source («der Umfrage zufolge»), and behind one of
    `own` the source is whoever the sentence is about («nach eigenen Angaben», «selon ses propres chiffres»). Behind one of
    `nominal_after` a verb form is a noun («an estimated», «d'analyse»); `speech` opens what is said («that», «que»), and `doubtful`
    verbs speak only where it or a quotation stands beside them («lance», «described»), `introducing` ones where it follows at once («hoped
    that») or they close what is said («…, Kern continued»). Behind one of `coordinates` a verb shares its subject («but said»).
    `researches` are verbs by which a document or its authors count («the study followed 45,000 women»), `issued` stand before the body
    that gave out figures («الصادرة عن»). What
    begins with one of `oblique` is no subject («dem Sender»), nor does one stand behind a verb with an ending of `disagreeing` if it
    begins with a word that ends as told there («оценил сильные стороны», «говорят министру»; '' stands for any). A noun that begins
    with * stands for all that end so («*amt»).
    Behind a noun with its article, one of `openers` begins what an Arabic verb says («أكد النادي توقيع عقد»). `opening` words are
    `according` only at the head of a sentence («Per Kern, …»). Where a clause stands before a subject, one of `joins` parts them («was
    jailed after a jury found»). Behind a word with one of `nominal_endings` an act is a noun («abandoned plans»), a form with one of
    `progressive_endings` is no passive («is refusing»); `particles` are those
    that a verb needs at the end of its clause, one of several («geht … von … aus»). `verbless` stand in place of a verb
    right before who speaks («…, so Kern»); `roles` are unnamed nouns that point back at somebody named with
    them («the analyst»), from whom something is `learned` stands behind one of `learned_from` («a-t-on appris jeudi auprès de la mairie»).
    Between an inverted verb and its subject stand words that `adverbial` begins and `moments` of a day («a indiqué mardi soir lors d'un
    point presse le maire»); `impersonal` is a subject that is nobody («précise-t-on de même source»). Behind the first word of an
    `according` one of `accounts` begins the source («nach Polizeiangaben»), and behind one of `laws` one of `amounts` tells what it is
    worth («le plan, doté de 40 millions»). Behind one of `reflexives` an auxiliary makes no passive («se sont accordés»).
    """

    says: frozenset[str] = frozenset()
    shows: frozenset[str] = frozenset()
    according: tuple[str, ...] = ()
    after_verb: bool = False
    adverbial: frozenset[str] = frozenset()
    moments: frozenset[str] = frozenset()
    impersonal: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    amounts: frozenset[str] = frozenset()
    reflexives: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    deeds: frozenset[str] = frozenset()
    trades: frozenset[str] = frozenset()
    grants: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()
    binding: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    planned: frozenset[str] = frozenset()
    future: frozenset[str] = frozenset()
    unnamed: frozenset[str] = frozenset()
    unnamed_adjectives: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    passives: tuple[str, ...] = ()
    hearsay: frozenset[str] = frozenset()
    reported: frozenset[str] = frozenset()
    clause: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    back_references: tuple[str, ...] = ()
    breaks: frozenset[str] = frozenset()
    backward: tuple[str, ...] = ()
    participle_endings: tuple[str, ...] = ()
    perfect: frozenset[str] = frozenset()
    inverts: bool = False
    bare_clauses: bool = False
    determiners: frozenset[str] = frozenset()
    indefinite: frozenset[str] = frozenset()
    gerunds: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()
    head_final: bool = False
    adjective_endings: tuple[str, ...] = ()
    relatives: frozenset[str] = frozenset()
    passive_with: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    final_auxiliaries: frozenset[str] = frozenset()
    oblique: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    disagreeing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    openers: frozenset[str] = frozenset()
    laws: frozenset[str] = frozenset()
    asides: frozenset[str] = frozenset()
    evidential: frozenset[str] = frozenset()
    not_sources: frozenset[str] = frozenset()
    hearsay_with: frozenset[str] = frozenset()
    addressed: frozenset[str] = frozenset()
    postposed: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    nominal_after: frozenset[str] = frozenset()
    speech: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    introducing: frozenset[str] = frozenset()
    coordinates: frozenset[str] = frozenset()
    researches: frozenset[str] = frozenset()
    issued: frozenset[str] = frozenset()
    quantities: frozenset[str] = frozenset()
    opening: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    verbless: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    learned: frozenset[str] = frozenset()
    learned_from: frozenset[str] = frozenset()
    nominal_endings: tuple[str, ...] = ()
    progressive_endings: tuple[str, ...] = ()
    particles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """What the code needs to know of a language. All words are lower case; folding is done by whoever matches them.

    `quotes` are pairs of an opening and a closing mark. `abbreviations` end in a full stop that ends no
    sentence, whatever follows. `proclitics` are particles written as one with
    the word they precede (Arabic «و»): phrases are found behind them too.
    """

    code: str
    name: str
    script: str
    direction: str = "ltr"
    function_words: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    proclitics: tuple[str, ...] = ()
    quotes: tuple[tuple[str, str], ...] = ()
    months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    numbers: Numbers = field(default_factory=Numbers)
    attribution: Voices = field(default_factory=Voices)


def build(kind: type[T], table: Mapping[str, Any], where: str) -> T:
    """A dataclass from a TOML table, with every key and type checked.

    where: names the file in errors, if given. Raises PackError for an unknown key, naming the nearest one, for a missing
    one, and for a value of another type than the field's; its `key` is the wrong key, for whoever looks up its line.
    """
    hints = _hints(kind)  # type: ignore[arg-type]
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    at = f"{where}: " if where else ""
    for key in table:
        if key not in known:
            raise PackError(f"{at}unknown key {key!r}; {nearest(key, known)}", key)
    for name, f in known.items():
        if name not in table and f.default is MISSING and f.default_factory is MISSING:
            raise PackError(f"{at}{name!r} is missing", name)
    given = {}
    for key, value in table.items():
        try:
            given[key] = convert(hints[key], value, f"{at}{key}")
        except PackError as error:
            raise PackError(str(error), error.key or key) from None
    return kind(**given)


@lru_cache(maxsize=64)
def _hints(kind: type[Any]) -> dict[str, Any]:
    """The types of the fields of a dataclass; working them out costs more than filling one."""
    return get_type_hints(kind)


def convert(hint: Any, value: Any, where: str) -> Any:
    """A TOML value as the type of the field it is for."""
    origin, inner = get_origin(hint), get_args(hint)
    if is_dataclass(hint) and isinstance(value, dict):
        return build(hint, value, where)  # type: ignore[arg-type]
    if origin in (frozenset, tuple) and isinstance(value, list):
        if origin is tuple and inner[-1] is not Ellipsis:
            if len(inner) != len(value):
                raise PackError(f"{where}: {len(inner)} values are expected, not {len(value)}")
            return tuple(convert(kind, item, where) for kind, item in zip(inner, value, strict=True))
        if inner[0] is str and all(isinstance(item, str) for item in value):
            return origin(value)  # the long lists of words and cues
        return origin(convert(inner[0], item, where) for item in value)
    if origin in (dict, Mapping) or str(origin) == "<class 'collections.abc.Mapping'>":
        if isinstance(value, dict):
            return {key: convert(inner[1], item, f"{where}.{key}") for key, item in value.items()}
    elif hint is Any:
        return value
    elif hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    elif isinstance(hint, type) and isinstance(value, hint) and not (hint is int and isinstance(value, bool)):
        return value
    raise PackError(f"{where}: {getattr(hint, '__name__', hint)} is expected, not {value!r}")


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file, with a byte order mark or without. Raises PackError naming the file and the line where it is not valid."""
    try:
        return tomli.loads(path.read_text(encoding="utf-8-sig"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise PackError(f"{path}: {error}") from error


@lru_cache(maxsize=256)
def profile(language: str | None) -> Profile:
    """The profile of a language; an empty one, named 'unknown', for a language without a pack."""
    path = pack_root() / (language or "") / "language.toml"
    if not language or not language.isalpha() or not path.is_file():
        return Profile(code=language or "", name="unknown", script="")
    return build(Profile, read_toml(path), str(path))


def languages(roots: Iterable[Path] = ()) -> tuple[str, ...]:
    """The codes of the languages with a profile, in order."""
    return tuple(sorted({path.parent.name for root in (pack_root(), *roots) for path in root.glob("*/language.toml")}))
