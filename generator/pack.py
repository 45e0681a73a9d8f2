"""One zip of a built site, for readers without a web server: unpack it, open the page at the top."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import time
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from generator.diagnostics import Diagnostic, error, stops_build, warning
from generator.disk import replacing
from generator.model.manifest import MANIFEST, SIGNATURES, format_manifest
from generator.model.places import Place
from generator.model.records import DossierRecord
from generator.render.strings import Strings
from generator.text.slugs import is_slug_character, slug_fault

# A reader who unpacks it sees these two files, and a folder with the rest.
START_PAGE = "index.html"
READ_ME = "READ ME.txt"
SITE_FOLDER = "files"
# Stands in the folder: where the zip was not unpacked, the start page finds no script and stays to say what to do.
START_SCRIPT = f"{SITE_FOLDER}/dossier/open.js"

# Windows allows 260 characters for a whole path; this leaves 59 for the folder that it is unpacked into.
MAX_PATH = 200
MAX_NAME_CP = 60
MAX_NAME_BYTES = 150
# Forbidden in names on Windows; a slash is on every system.
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
# A zip's comment, by which we know our own.
COMMENT = b"Packed by dossier"
# The zip format counts the years from 1980 (APPNOTE.TXT, 4.4.6).
FIRST_MOMENT_S = 315_532_800
# A plain file that its owner may change and all may read, as Unix writes it.
PLAIN_FILE = 0o100644 << 16
UNIX = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A zip that was written: how many files it holds, and its own size in bytes."""

    files: int
    size: int


def pack_name(record: DossierRecord, edition: str = "") -> str:
    """Return the name of a dossier's zip: its title as a slug, and the edition if it is another than the public one."""
    title = f"{record.title} {edition}".strip()
    slug = "".join(c if is_slug_character(c) else "-" for c in title.casefold())
    slug = _shorten(re.sub(r"[-.]+", "-", slug)).strip("-")
    return f"{'dossier' if slug_fault(slug) else slug}.zip"


def check_target(target: Path) -> tuple[Diagnostic, ...]:
    """Return an error when a file stands at `target` that is no pack of ours."""
    if not target.exists() or _is_ours(target):
        return ()
    foreign = error(
        Place(path=target.name),
        "foreign-file",
        "a file that dossier did not pack stands here",
        why="packing would replace it",
        help="move or delete it, or name another file with --output",
    )
    return (foreign,)


def pack_site(
    site: Path, target: Path, record: DossierRecord, strings: Strings, *, epoch: int, is_strict: bool = False
) -> tuple[Packed | None, tuple[Diagnostic, ...]]:
    """Return what was packed into `target`, which changes in one step or not at all.

    Same site, same moment, same bytes (of one version of zlib): the files in order, each with the moment `epoch`, in
    seconds since 1970, and the same permissions. Nothing is written on a warning under `is_strict`.
    """
    found = check_target(target)
    if found:
        return None, found
    folder = _folder_name(record.title)
    contents: dict[str, bytes | Path] = {**dict(_site_files(site)), **_start_files(record, strings)}
    contents |= _manifest(site, contents)
    files = dict(sorted(contents.items()))
    found = tuple(
        _too_long(f"{folder}/{path}", site.name) for path in files if len(f"{folder}/{path}") > MAX_PATH
    )
    if stops_build(found, is_strict=is_strict):
        return None, found
    moment = time.gmtime(max(epoch, FIRST_MOMENT_S))[:6]
    with (
        replacing(target) as unfinished,
        zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
    ):
        archive.comment = COMMENT
        for path, content in files.items():
            member = zipfile.ZipInfo(f"{folder}/{path}", moment)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = UNIX
            member.external_attr = PLAIN_FILE
            archive.writestr(member, _read(content))
    return Packed(files=len(files), size=target.stat().st_size), found


def _site_files(site: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files that a reader at home needs, by their path in the zip."""
    # The theme brings the parts of its own search with it, whether a site uses it or not.
    has_own_search = (site / "search/search_index.json").exists()
    for path in site.rglob("*"):
        parts = path.relative_to(site).parts
        is_for_servers = parts[-1] in ("404.html", "sitemap.xml", "sitemap.xml.gz", "robots.txt")
        is_for_developers = path.suffix == ".map"
        is_idle = (
            not has_own_search
            and parts[:2] == ("assets", "javascripts")
            and parts[2:3] in (("lunr",), ("workers",))
        )
        is_hidden = any(part.startswith(".") for part in parts)
        # The list of a whole site, and its signatures, do not fit what is packed of it.
        is_list = "/".join(parts) in {MANIFEST, *SIGNATURES}
        is_left_out = is_for_servers or is_for_developers or is_idle or is_hidden or is_list
        if path.is_file() and not is_left_out:
            yield "/".join((SITE_FOLDER, *parts)), path


def _manifest(site: Path, contents: Mapping[str, bytes | Path]) -> dict[str, bytes]:
    """Return the site's manifest with what the zip holds in place of the site's files; nothing for a site without."""
    path = site / MANIFEST
    if not path.is_file():
        return {}
    outputs = {
        posixpath.relpath(name, SITE_FOLDER): hashlib.sha256(_read(content)).hexdigest()
        for name, content in contents.items()
    }
    manifest = {**json.loads(path.read_bytes()), "outputs": outputs}
    return {f"{SITE_FOLDER}/{MANIFEST}": format_manifest(manifest)}


def _read(content: bytes | Path) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()


def _start_files(record: DossierRecord, strings: Strings) -> Mapping[str, bytes]:
    """Return the page that a reader opens, its script, and the words about both."""
    first = f"{SITE_FOLDER}/index.html"
    page = f"""<!doctype html>
<html lang="{escape(strings.language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'">
    <meta name="viewport" content="width=device-width,initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>{escape(record.title)}</title>
    <script src="{START_SCRIPT}"></script>
  </head>
  <body dir="auto">
    <h1 lang="{escape(record.language)}">{escape(record.title)}</h1>
    <p><a href="{first}">{escape(strings.plain("pack_open"))}</a></p>
    <p>{escape(strings.plain("pack_not_unpacked"))}</p>
  </body>
</html>
"""
    read_me = [
        record.title,
        record.subtitle or record.description or "",
        strings.plain("pack_read_me", page=START_PAGE, folder=SITE_FOLDER),
        strings.plain("pack_offline"),
    ]
    # As Notepad of old needs it: a byte order mark, lines that end in CR LF.
    lines = "\r\n\r\n".join(" ".join(words.split()) for words in read_me if words)
    return {
        START_PAGE: page.encode(),
        START_SCRIPT: f'location.replace("{first}");\n'.encode(),
        READ_ME: f"\ufeff{lines}\r\n".encode(),
    }


def _folder_name(title: str) -> str:
    """Return the title as the name of a folder on every system."""
    name = _shorten(" ".join(FORBIDDEN.sub(" ", title).split())).rstrip(". ").lstrip(". ")
    fault = slug_fault(re.sub("[^0-9A-Za-z.]", "", name)) or ""
    return "Dossier" if not name or "device" in fault else name


def _shorten(name: str) -> str:
    """Return the beginning of a name that file systems can hold."""
    return name[:MAX_NAME_CP].encode()[:MAX_NAME_BYTES].decode(errors="ignore")


def _is_ours(target: Path) -> bool:
    try:
        with zipfile.ZipFile(target) as archive:
            return archive.comment == COMMENT
    except (zipfile.BadZipFile, OSError):
        return False


def _too_long(path: str, shown: str) -> Diagnostic:
    return warning(
        Place(path=f"{shown}/{path.split('/', 2)[-1]}"),
        "long-path",
        f"the path `{path}` in the zip has {len(path)} characters",
        why="Windows refuses to unpack a file whose whole path is longer than 260",
        help="give the record a shorter slug, or the dossier a shorter title",
    )
