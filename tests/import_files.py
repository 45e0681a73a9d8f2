"""Binary files for the tests of the importer, made in code, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import docx
from docx.document import Document
from docx.oxml import parse_xml
from reportlab.lib import pdfencrypt
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, FrameBreak, PageTemplate, Paragraph, Spacer

MOMENT = (1990, 1, 1, 0, 0, 0)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = getSampleStyleSheet()
SMALL = ParagraphStyle(
    "small", parent=STYLES["BodyText"], fontSize=8, leading=9.5, spaceBefore=0, spaceAfter=0
)


def make_zip(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, compress_type=method)
    return stream.getvalue()


def with_member(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the ZIP with one member changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    members[name] = change(members[name])
    return make_zip(members)


def make_pdf(*pages: str, title: str = "", password: str = "") -> bytes:
    """Return a PDF with one line of text on each page; an empty one is a page with a picture."""
    stream = io.BytesIO()
    lock = pdfencrypt.StandardEncryption(password, "owner") if password else None
    drawing = canvas.Canvas(stream, invariant=1, encrypt=lock)
    drawing.setTitle(title)
    for page in pages:
        if page:
            drawing.drawString(72, 700, page)
        else:
            drawing.rect(72, 500, 200, 200, fill=1)
        drawing.showPage()
    drawing.save()
    return stream.getvalue()


def make_report(*, columns: int = 1) -> bytes:
    """Return a PDF of a report with a title, a heading, paragraphs, marks and notes at the foot."""
    words = "The harbour board met on the third day and heard what the engineers had to say of the wall."
    if columns == 2:
        body = [" ".join(f"w{paragraph}x{word}" for word in range(40)) for paragraph in range(14)]
        flowables: list[Flowable] = [
            Paragraph("A Title across Both Columns of the Page", STYLES["Title"]),
            FrameBreak(),
        ]
        flowables += [Paragraph(text, STYLES["BodyText"]) for text in body]
        frames = [Frame(72, 650, 460, 100), Frame(72, 60, 215, 580), Frame(310, 60, 215, 580)]
    else:
        flowables = [
            Paragraph("Report on the Harbour Wall", STYLES["Title"]),
            Paragraph("First findings", STYLES["Heading2"]),
            Paragraph(f"{words}<super>1</super> {words}", STYLES["BodyText"]),
            Paragraph(f"Nothing was done.<super>2</super> {words}", STYLES["BodyText"]),
            Spacer(1, 400),
            Paragraph("<super>1</super> Lee, “The Wall,” <i>Harbour Gazette</i>, 1962.", SMALL),
            Paragraph("2 Minutes of the board.", SMALL),
        ]
        frames = [Frame(72, 60, 450, 700)]
    stream = io.BytesIO()
    template = BaseDocTemplate(stream, invariant=1, title="Report on the Harbour Wall", author="Ann Lee")
    template.addPageTemplates([PageTemplate(frames=frames)])
    template.build(flowables)
    return stream.getvalue()


def make_docx(fill: Callable[[Document], object]) -> bytes:
    """Return a Word file that `fill` has written into."""
    document = docx.Document()
    fill(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def make_letter() -> bytes:
    """Return a Word file with a heading, tracked changes, an empty paragraph, a list and a table."""

    def fill(document: Document) -> None:
        document.core_properties.title = "Letter on the Wall"
        document.core_properties.author = "Ann Lee"
        document.add_heading("Letter on the Wall", level=1)
        paragraph = document.add_paragraph("We ask for ")
        paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>three</w:delText></w:r></w:del>"))
        paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>two</w:t></w:r></w:ins>"))
        paragraph.add_run(" walls, ")
        paragraph.add_run("soon").italic = True
        document.add_paragraph()
        document.add_paragraph("Oil the gate.", style="List Bullet")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(
            (c for row in table.rows for c in row.cells), ("Wall", "Year", "North", "1898"), strict=True
        ):
            cell.text = text
        document.sections[0].header.paragraphs[0].text = "Harbour Board"

    return make_docx(fill)


def make_footnotes() -> bytes:
    """Return a Word file with one note that is marked and one that is not."""
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Minutes, p. 4.</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="3"><w:p><w:r><w:t>Lost.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    plain = make_docx(lambda document: document.add_paragraph("The wall fell.MARK"))
    mark = b'</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>'
    marked = with_member(plain, "word/document.xml", lambda part: part.replace(b"MARK", mark))
    with zipfile.ZipFile(io.BytesIO(marked)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return make_zip({**members, "word/footnotes.xml": notes.encode()})
