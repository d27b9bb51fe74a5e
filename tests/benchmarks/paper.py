"""How long does a manual of 300 pages take on paper? `python -m tests.benchmarks.paper`

Seconds depend on the machine and on what else it does, so what the processors worked for it is told as well, and the
manual is measured in pages of plain text, which the same Typst prints in the same run: the ratio of the work says what
tables, tags and footers cost.
"""

import os
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

TIMES = 3
PAGES = 300
#: As many words as a page of text has.
PLAIN = "Everyone is entitled to all the rights and freedoms set forth in this Declaration. " * 36
SECTION = """
    <p>{words}</p><h2>Before you begin</h2><p>{words}</p>
    <section class="step"><div class="step__body"><h3 class="step__title">Receive her</h3>
    <dl class="step__facts"><div><dt>Who</dt><dd>Nurse</dd></div><div><dt>When</dt><dd>On arrival</dd></div></dl>
    <p>{words}</p><ul><li>Offer water.</li><li>Offer a choice of interpreter.</li></ul>
    <p class="step__harm"><strong>Do no harm</strong> No photographs.</p></div></section>
    <table><thead><tr><th>Who</th><th>What</th><th>Until when</th></tr></thead>{rows}</table>
    <section class="checklist"><h3 class="checklist__title">At the end</h3><ul><li class="checklist__item">The sheet is
    signed.</li></ul></section><p>{words}</p><p>{words}</p>"""
ROW = "<tr><td>Nurse</td><td>Looks after wounds, with consent, and writes it down.</td><td>Before the evening</td></tr>"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    import django

    django.setup()
    from tests.portal.editions.paper import hostile

    for language in ("en", "th", "my"):
        words = hostile.WORDS[language] * 3
        section = SECTION.format(words=words, rows=ROW * 6)
        pages, seconds, work = measured(language, section)
        plain = plain_work(pages)
        sys.stdout.write(
            f"{language}: {pages} pages in {seconds:.1f} s, {work:.1f} s of processor "
            f"({work / pages * PAGES:.1f} s for {PAGES}); as many pages of plain text {plain:.1f} s of processor, "
            f"ratio {work / plain:.1f}\n"
        )


def measured(language: str, section: str) -> tuple[int, float, float]:
    """The pages of a manual, how long it took from its content to its PDF, and how long processors worked for it."""
    import io

    import pikepdf

    from tests.portal.editions.paper.pages import Kept, edition, pdf_of

    kept = Kept()
    content = edition(kept, *[{language: section}] * (PAGES // 2))
    pdf_of(edition(kept, {language: "<p>Fonts are made once.</p>"}), kept, language=language)
    taken = []
    for _ in range(TIMES):
        begun, worked = time.perf_counter(), processor_seconds()
        made = pdf_of(content, kept, language=language)
        taken.append((time.perf_counter() - begun, processor_seconds() - worked))
    seconds, work = (statistics.median(column) for column in zip(*taken, strict=True))
    return len(pikepdf.open(io.BytesIO(made)).pages), seconds, work


def processor_seconds() -> float:
    """Of this process and of those that it started and that have ended."""
    return sum(os.times()[:4])


def plain_work(pages: int) -> float:
    """As many pages of one paragraph each."""
    import typst

    from portal.editions.paper import fonts

    letters = typst.Fonts(include_system_fonts=False, font_paths=[str(fonts.folder())])
    look = '#set text(font: "Centre Sans Latin", size: 10pt)'
    source = f"{look}\n#for n in range({pages}) [#n {PLAIN} #pagebreak(weak: true)]"
    taken = []
    for _ in range(TIMES):
        with TemporaryDirectory() as folder:
            Path(folder, "plain.typ").write_text(source, encoding="utf-8")
            begun = processor_seconds()
            typst.Compiler(f"{folder}/plain.typ", root=folder, font_paths=letters).compile(format="pdf")
            taken.append(processor_seconds() - begun)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
