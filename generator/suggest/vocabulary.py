"""Words that tell what a capital letter does not: titles, kinds of bodies, openers of sentences.

Each list is a handful of common words in English, German, French, Spanish, Italian, Dutch and Portuguese, folded; a
list that lacks a word costs a suggestion its reason or its rank, never an editor's text.
"""

from __future__ import annotations

import calendar
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from generator.text.folding import fold_name


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What stands before a person's name, and is no name by itself.
TITLES = _words(
    "mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend father sister brother saint hon honorable"
    " honourable president vice-president vice premier chancellor minister secretary undersecretary senator sen"
    " senators congressman congresswoman representative representatives rep reps governor gov mayor judge justice"
    " general gen colonel col major captain capt lieutenant lt sergeant sgt admiral commissioner ambassador chairman"
    " chairwoman chairperson chair director king queen prince princess emperor pope bishop archbishop cardinal"
    " inspector officer engineer clerk attorney spokesman spokeswoman spokesperson deputy acting former dear"
    " chief comrade editor master"
    " herr herrn frau frl prasident prasidentin bundesprasident kanzler kanzlerin bundeskanzler bundeskanzlerin"
    " minister ministerin prof doktor burgermeister burgermeisterin richter richterin abgeordneter abgeordnete"
    " senator staatssekretar direktor direktorin oberst hauptmann konig konigin graf pfarrer ingenieur"
    " m mm mme mlle monsieur madame mademoiselle president presidente ministre depute deputee senateur maire roi reine"
    " juge maitre senor senora sr sra don dona ministro ministra presidenta alcalde rey reina juez"
    " signor signora signore onorevole dottor dottoressa sindaco re regina giudice"
    " meneer mevrouw dhr mevr burgemeester koning koningin senhor senhora"
)
# What a company's name ends with.
COMPANY = _words(
    "inc incorporated corp corporation ltd limited llc llp plc gmbh ag kg kgaa ug se sa sas sarl spa srl bv nv ab oy"
    " oyj asa co company companies holdings holding technologies motors airlines airways industries enterprises"
    " partners ventures capital shipyard shipyards brewery mills steelworks railways telecom pharmaceuticals werke"
    " werft brauerei compagnie societe sociedad compania banca banque banco bank bancorp insurance energy software"
    " s.a s.l s.p.a s.r.l systems semiconductor semiconductors logistics electronics materials mining petroleum oil"
)
PUBLIC_BODY = _words(
    "agence agencia agenzia"
    " department ministry committee subcommittee commission senate congress parliament agency administration bureau"
    " office court council government treasury cabinet assembly authority board directorate inspectorate secretariat"
    " embassy consulate police army navy tribunal municipality house legislature garrison customs service"
    " ministerium bundesministerium amt bundesamt landesamt gericht bundesgericht landgericht ausschuss rat stadtrat"
    " bundestag bundesrat landtag regierung behorde senatsverwaltung kommission polizei"
    " ministere comite conseil commission assemblee tribunal cour parlement mairie prefecture gouvernement"
    " ministerio comision consejo gobierno congreso senado ayuntamiento tribunal juzgado parlamento"
    " ministero commissione consiglio governo comune tribunale ministerie commissie raad gemeente"
)
ORGANISATION = _words(
    "university college school institute institution foundation association union federation society club party"
    " organization organisation trust alliance league movement network center centre church museum library academy"
    " council forum fund group team press times post journal gazette herald tribune guardian chronicle news magazine"
    " courier observer daily weekly bulletin review friends united"
    " republicans democrats conservatives liberals greens chamber guild cooperative charity hospital laboratory"
    " universitat hochschule institut stiftung verein verband gewerkschaft partei bund gesellschaft zeitung kirche"
    " universite ecole fondation syndicat parti eglise universidad fundacion sindicato partido iglesia"
    " universita fondazione sindacato partito chiesa universiteit stichting vereniging"
)
PLACE = _words(
    "street avenue road lane square bridge river lake sea ocean bay gulf strait island islands isle mount mountain"
    " mountains valley desert forest county province district city town village harbour harbor port airport station"
    " coast peninsula hill hills park beach cape pacific atlantic"
    " strasse platz weg fluss see meer insel berg tal wald landkreis stadt dorf hafen bahnhof allee"
    " rue place pont riviere lac mer ile mont vallee foret ville gare calle plaza puente rio lago mar isla monte valle"
)
# What ends the name of a company, whatever follows.
LEGAL_FORMS = _words("inc ltd llc llp plc corp gmbh ag kg kgaa sarl bv nv ab oy")
# What German writes in one word: Bundesverband, Hafenamt, Deichgenossenschaft.
GERMAN_BODIES: dict[str, Literal["public body", "organisation", "company"]] = {
    **dict.fromkeys(
        ("ministerium", "amt", "ausschuss", "gericht", "behorde", "kommission", "verwaltung"), "public body"
    ),
    **dict.fromkeys(
        ("verband", "verein", "stiftung", "partei", "gewerkschaft", "zeitung", "bund"), "organisation"
    ),
    **dict.fromkeys(("genossenschaft", "werke", "werk", "bank", "werft", "gesellschaft"), "company"),
}
ORGANISING = COMPANY | PUBLIC_BODY | ORGANISATION
# What ends the name of a paper, a law or a thing, which is no actor.
THINGS = _words(
    "act order bill law treaty agreement accord program programme amendment resolution report section article chapter"
    " figure table note notes appendix annex page volume plan policy code constitution protocol convention statement"
    " letter memorandum memo minutes paper papers initiative strategy list deal project war prize award conference"
    " summit day week month year century edition directive regulation regulations rule rules model version award"
    " gesetz vertrag abkommen bericht artikel kapitel absatz anhang seite krieg loi traite accord rapport article"
    " chapitre annexe page guerre ley tratado acuerdo informe articulo capitulo guerra"
)
# What may begin a sentence with a capital, and stands in a title with one; mostly words without meaning of their own.
FUNCTION_WORDS = _words(
    "a an the this that these those my our your his her its their he she it we they you i who whom whose which what"
    " when where why how while whereas although though because since if unless until till after before during"
    " despite within without with from into onto upon over under about above across against among amid around behind"
    " below beneath beside besides between beyond by for in near of off on out outside per through throughout to"
    " toward towards via at as than then thus so and or but nor yet not no never none nobody nothing all any both"
    " each either neither every everyone everything few many more most much other others another several some such"
    " one two three four five six seven eight nine ten twelve is are was were be been being am do does did done has"
    " have had will would shall should can could may might must here there now today yesterday tomorrow tonight"
    " again also always already almost ever even just still only once soon later earlier meanwhile however moreover"
    " furthermore therefore hence instead indeed perhaps maybe nevertheless otherwise likewise next last first second"
    " third finally according asked given following based let please yes well like unlike regarding concerning"
    " including dear sincerely yours regards see cf compare hi hello hey thanks"
    " der die das den dem des ein eine einer eines einem einen dieser diese dieses diesen diesem jener jene mein"
    " meine unser unsere ihr ihre sein seine er sie es wir ich man wer was wann wo warum wie weil da dass wenn ob"
    " obwohl nachdem bevor wahrend seit bis nach vor mit aus bei von zu zum zur im in am an auf uber unter fur gegen"
    " ohne durch um und oder aber doch nicht kein keine auch nur noch schon dann dort hier heute gestern morgen"
    " damals spater zuletzt jedoch allerdings alle viele einige mehrere beide jeder jede jedes ist war sind waren"
    " wird wurde wurden hat hatte haben hatten kann konnte soll sollte muss musste so als beim vom ins ans laut"
    " le la les l un une des du de ce cet cette ces mon ma mes notre nos votre son sa ses leur leurs il elle ils"
    " elles on nous vous je tu qui que quoi dont ou quand comme si car mais donc or ni et apres avant pendant depuis"
    " dans sur sous avec sans pour par contre entre vers chez selon hier aujourd demain est etait sont aussi puis"
    " el los las lo una unos unas este esta estos estas ese esa su sus nuestro ellos ellas nosotros usted yo quien"
    " cuando donde como porque aunque pero sino y o en con sin por para contra entre desde hasta segun ayer hoy"
    " manana es fue son tambien despues antes"
    " il lo gli uno questo questa quello quella suo sua loro noi voi io chi che quando dove come perche ma e non nel"
    " nella con senza per tra fra dopo prima ieri oggi domani anche"
    " het een deze dit dat zijn haar hun wij zij ik u wie wat waar hoe omdat maar en of niet ook na voor met zonder"
    " o os as um uma este esta esse seu sua eles elas nos voce quem quando onde como porque mas no na com sem"
)
# Between two parts of a person's or body's name.
PARTICLES = _words(
    "de du des del della dello di da do dos das von van zu zur bin ibn al el y ter ten af av la le der den"
)
# In German these are articles first, and particles of a name only behind "von" and its like.
GERMAN_ARTICLES = _words("der den des das dem die zu zur")
# Between the parts of a body's name, once the word for the body has been said: Committee on Foreign Investment.
OF = _words("of for on in to the fur fuer pour para per voor und and et e en y &")
AND = _words("and & und et e y en")
SAYING = _words(
    "said says say told tells wrote writes asked asks argued argues warned warns added adds explained stated states"
    " testified replied answered signed insisted claimed denied denies noted joined resigned born married died"
    " sagte sagt erklarte schrieb fragte antwortete warnte betonte meinte"
    " dit declare affirme explique ecrit dijo afirmo escribio declaro ha disse scrisse affermo zei schreef"
)
# New York, South Elm, San Remo
PLACE_OPENERS = _words(
    "new north south east west upper lower san los las saint st port fort mount bad el al-"
)
# Before a place: in Rotterdam, nach Bremen.
LOCATING = _words("in at near from nach aus en desde hacia vers depuis presso naar te")
DETERMINERS = _words(
    "the an every each no our your his her its their any some another"
    " der die das den dem des ein eine einer eines einem einen dieser diese dieses diesen diesem kein keine im am"
    " zum zur beim vom ins ans jede jeder jedes viele alle einige mehrere ihre ihr sein seine unsere"
    " le la les l un une des du cet cette ces au aux el los las una il lo gli het een os as um uma"
)
# Capital letters that name nobody.
NO_ACRONYMS = _words(
    "ai it tv pc pdf url html http https www ceo cfo cto coo gdp vat faq id ok am pm nw ne sw se st dc ii iii iv vi vii"
    " viii ix xi xii cv dna rna hiv gps usb api ip ev evs vip eur usd gbp chf doi isbn issn fig no vol pp op cit ibid"
    " etc eg ie re cc bcc ps nb tba mw km kg mm cm"
)
# Endings of German common nouns: Regierung, Freiheit, Mitgliedschaft.
GERMAN_ENDINGS: tuple[str, ...] = (
    "ung",
    "ungen",
    "heit",
    "heiten",
    "keit",
    "keiten",
    "schaft",
    "schaften",
    "tion",
    "tionen",
)
GERMAN_ENDINGS += (
    "ismus",
    "tat",
    "taten",
    "nis",
    "nisse",
    "chen",
    "lein",
    "tum",
    "ling",
    "linge",
    "ment",
    "mente",
)
# Citizens and languages: American, Chinese, Iraqi. A country's name less its end, and one of these.
PEOPLE_ENDINGS: tuple[str, ...] = (
    "n",
    "an",
    "ian",
    "ean",
    "ans",
    "ians",
    "ese",
    "ish",
    "i",
    "is",
    "ic",
    "er",
    "ers",
    "isch",
)
PEOPLE_ENDINGS += ("ische", "ischen", "ischer", "ien", "ienne", "ais", "aise", "ois")
PEOPLES = _words(
    "american americans british english european europeans african asian asians dutch swiss french german germans"
    " greek greeks spanish turkish arab arabs jewish jews muslim muslims christian christians catholic protestant"
    " western eastern northern southern democrat democratic republican republicans democrats communist conservative"
)
LEAST_STEM = 4


# Parts of German titles: Wirtschaftsminister, Vorstandschefin, Regierungssprecher.
GERMAN_TITLES = (
    "minister",
    "chef",
    "sprecher",
    "prasident",
    "sekretar",
    "leiter",
    "direktor",
    "richter",
    "meister",
)


def is_title(word: str, language: str) -> bool:
    """Return whether a folded word is what a person is called by before the name."""
    stem = word.removesuffix("in") if language == "de" else ""
    return word in TITLES or stem.endswith(GERMAN_TITLES)


def german_body(word: str) -> Literal["public body", "organisation", "company"] | None:
    """Return what kind of body a folded German compound names by its last part; None for no body."""
    for end, kind in GERMAN_BODIES.items():
        if word.endswith(end) and len(word) > len(end) + 2:
            return kind
    return None


def is_determiner(word: str, language: str) -> bool:
    """Return whether a folded word is an article or the like; "a" is one in English, and French "à" is none."""
    return word in DETERMINERS or (word == "a" and language == "en")


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return None


@lru_cache(maxsize=64)
def calendar_words(language: str) -> frozenset[str]:
    """Return the names of months and days, folded, of a language and of English."""
    names = {*calendar.month_name, *calendar.month_abbr, *calendar.day_name, *calendar.day_abbr}
    locale = _locale(language)
    if locale is not None:
        for names_of in (locale.months, locale.days):
            for form in names_of["format"].values():
                names.update(str(name) for name in form.values())
    return frozenset(plain(name) for name in names if len(name) > 2)


@lru_cache(maxsize=64)
def countries(language: str) -> frozenset[str]:
    """Return the names of countries and continents, folded, in a language and in English (CLDR)."""
    names = {"us", "u.s", "usa", "uk", "america", "britain", "england", "scotland", "wales", "holland"}
    for locale in (_locale("en"), _locale(language)):
        if locale is not None:
            names.update(plain(str(name)) for name in locale.territories.values())
    return frozenset(names)


@lru_cache(maxsize=1)
def cities() -> frozenset[str]:
    """Return the cities, folded, after which the time zones are named (tz database)."""
    zones = (str(zone).rpartition("/")[2] for zone in get_global("zone_territories") if "/" in str(zone))
    return frozenset(plain(zone.replace("_", " ")) for zone in zones)


@lru_cache(maxsize=64)
def _stems(language: str) -> frozenset[str]:
    """Return what peoples' names begin with: a country's name, less up to three letters at its end."""
    return frozenset(
        country[: len(country) - cut]
        for country in countries(language)
        if " " not in country
        for cut in range(4)
        if len(country) - cut >= LEAST_STEM
    )


@lru_cache(maxsize=8192)
def is_people(word: str, language: str) -> bool:
    """Return whether a folded word names a people, a language or a party's followers, as "chinese" does."""
    if word in PEOPLES:
        return True
    locale = _locale("en")
    if locale is not None and word in _language_names(language):
        return True
    stems = _stems(language)
    return any(
        word.endswith(ending) and word[: -len(ending)] in stems and word not in countries(language)
        for ending in PEOPLE_ENDINGS
    )


@lru_cache(maxsize=64)
def _language_names(language: str) -> frozenset[str]:
    names: set[str] = set()
    for locale in (_locale("en"), _locale(language)):
        if locale is not None:
            names.update(plain(str(name)) for name in locale.languages.values())
    return frozenset(names)


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """Return a word folded as names are, without a full stop at its end."""
    return fold_name(word).text.strip().rstrip(".")
