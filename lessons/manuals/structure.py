"""What does a manual still miss, in plain words, and where?

The rules look at drafts and know no request, so that the editor, the review and a command ask the same thing. What
must be there keeps a manual from being issued; what should be there is only said.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessons.manuals.models import HEAVY, ManualPage, ProcedurePage, SectionPage
from lessons.manuals.steps import LeadsTo, Step
from portal.base.findable import plain
from portal.base.languages import LANGUAGES

#: After so many days somebody compares what we say of the law with the law again.
SOURCES_AGE = timedelta(days=365)


class Severity(Enum):
    MUST = "must"
    SHOULD = "should"


@dataclass(frozen=True)
class Lack:
    """Something that is missing: a sentence, and the place to mend it."""

    sentence: str
    severity: Severity
    page: int
    title: str
    language: str
    field: str = ""
    block: str = ""

    @property
    def is_must(self) -> bool:
        return self.severity is Severity.MUST

    def __str__(self) -> str:
        return _("%(page)s: %(sentence)s") % {"page": self.title, "sentence": self.sentence}


@dataclass(frozen=True)
class Tree:
    """The newest drafts of a manual in one language, in reading order."""

    manual: ManualPage
    sections: Sequence[SectionPage]


@dataclass(frozen=True)
class Told:
    """A lack before it is known of which page."""

    sentence: str
    severity: Severity = Severity.MUST
    field: str = ""
    block: str = ""


Rule = Callable[[Any, "Around"], Iterator[Told]]


@dataclass(frozen=True)
class Around:
    """What a rule may ask besides the page: the day, and the sections that a way may lead to."""

    on: date
    tree: Tree

    @property
    def keys(self) -> set[UUID]:
        return {section.translation_key for section in self.tree.sections}


def drafts_of(subject: UUID) -> list[Tree]:
    """The newest drafts of a manual in all its languages, that of the site's first language first; a few queries."""
    manuals = [*ManualPage.objects.filter(translation_key=subject, alias_of=None).select_related(*LATEST)]
    manuals.sort(key=lambda manual: (manual.language_code != settings.LANGUAGE_CODE, manual.path))
    return [tree_of(manual) for manual in manuals]


LATEST = ("latest_revision", "locale")


def tree_of(manual: ManualPage) -> Tree:
    sections = SectionPage.objects.child_of(manual).filter(alias_of=None).order_by("path").select_related(*LATEST)
    return Tree(draft_of(manual), [draft_of(section) for section in sections])


def draft_of(page: Any) -> Any:
    """The newest draft, without asking the database about everything that it names."""
    if page.latest_revision is None:
        return page
    draft = type(page).from_serializable_data(page.latest_revision.content, check_fks=False)
    draft.pk, draft.path, draft.locale = page.pk, page.path, page.locale
    draft.latest_revision_created_at = page.latest_revision_created_at
    return draft


def missing(trees: Sequence[Tree], *, on: date) -> list[Lack]:
    """All that a manual misses in all its languages; the first tree is the one that the others translate."""
    found = [lack for tree in trees for page in (tree.manual, *tree.sections) for lack in missing_on(page, tree, on=on)]
    for other in trees[1:]:
        found += missing_in_translation(other, original=trees[0])
    return found


def missing_now(page: ProcedurePage, *, on: date) -> list[Lack]:
    """What the newest draft of one page misses, for whoever writes it; the other pages are only looked up."""
    manual = page if isinstance(page, ManualPage) else ManualPage.objects.parent_of(page).get()
    siblings = SectionPage.objects.child_of(manual).defer(*HEAVY, "before_you_start")
    kind = ManualPage if isinstance(page, ManualPage) else SectionPage
    draft = draft_of(kind.objects.select_related(*LATEST).get(pk=page.pk))
    return missing_on(draft, Tree(manual, list(siblings)), on=on)


def missing_on(page: ProcedurePage, tree: Tree, *, on: date) -> list[Lack]:
    """What one page of a manual misses."""
    around = Around(on, tree)
    rules = MANUAL if isinstance(page, ManualPage) else SECTION
    return [lack_of(page, told) for rule in rules for told in rule(page, around)]


def lack_of(page: ProcedurePage, told: Told) -> Lack:
    return Lack(
        told.sentence, told.severity, page=page.pk, title=page.title, language=page.language_code,
        field=told.field, block=told.block,
    )  # fmt: skip


# --- the manual as a whole -----------------------------------------------------------------------------------


def says_what_it_covers(manual: ManualPage, around: Around) -> Iterator[Told]:
    if not manual.scope.strip():
        yield Told(_("Say what the manual covers and what it does not: the scope is empty."), field="scope")
    if manual.centre_id is None:
        sentence = _("Say whose manual it is: no centre is chosen.")
        yield Told(sentence, Severity.SHOULD, field="centre")


def names_people(manual: ManualPage, around: Around) -> Iterator[Told]:
    if not manual.for_whom.strip() and not manual.roles:
        yield Told(_("Say for whom it is: nobody is named."), field="for_whom")


def stands_on_law(manual: ManualPage, around: Around) -> Iterator[Told]:
    if not len(manual.sources):
        if not manual.legal_basis.strip():
            yield Told(_("Name the law or agreement that it stands on: there is no legal basis."), field="sources")
        else:
            sentence = _("Put the legal basis down source by source, so that each can be checked.")
            yield Told(sentence, Severity.SHOULD, field="sources")
    for child in manual.sources:
        yield from source_is_fresh(child, on=around.on)


def source_is_fresh(child: Any, *, on: date) -> Iterator[Told]:
    source, checked_on = child.value["source"] or _("without a name"), child.value["checked_on"]
    place = {"field": "sources", "block": child.id}
    if checked_on is None:
        yield Told(_("The source “%(source)s” was never checked: give the day.") % {"source": source}, **place)
    elif checked_on > on:
        sentence = _("The source “%(source)s” was checked on a day that has not come yet.")
        yield Told(sentence % {"source": source}, **place)
    elif on - checked_on > SOURCES_AGE:
        sentence = _("The source “%(source)s” was checked more than a year ago: compare it again.")
        yield Told(sentence % {"source": source}, Severity.SHOULD, **place)


def knows_emergencies(manual: ManualPage, around: Around) -> Iterator[Told]:
    if not len(manual.emergency):
        yield Told(_("Say what to do in an emergency: the box is missing."), field="emergency")


def is_looked_after(manual: ManualPage, around: Around) -> Iterator[Told]:
    if manual.review_owner_id is None:
        yield Told(_("Say who looks after the manual."), field="review_owner")
    if manual.review_by is None:
        yield Told(_("Say by when it has to be reviewed."), field="review_by")
    elif manual.review_by < around.on:
        yield Told(_("The day of its review is over: set the next one."), field="review_by")


def explains_its_words(manual: ManualPage, around: Around) -> Iterator[Told]:
    if not len(manual.definitions) and not any(child.block_type == "definition" for child in manual.body):
        yield Told(
            _("Explain the words that are used in it: there are no definitions."), Severity.SHOULD, "definitions"
        )
    for child in manual.definitions:
        if child.block_type == "definition" and not (child.value["term"].strip() and has_words(child.value["meaning"])):
            yield Told(_("A definition is empty."), field="definitions", block=child.id)


def has_sections(manual: ManualPage, around: Around) -> Iterator[Told]:
    if not around.tree.sections and not manual.steps:
        yield Told(_("Write the procedure: the manual has no sections."))


def knows_where_it_comes_from(manual: ManualPage, around: Around) -> Iterator[Told]:
    if manual.adapted_from_id is not None and manual.adapted_edition is None:
        sentence = _("Say which edition of the template it was adapted from.")
        yield Told(sentence, Severity.SHOULD, field="adapted_edition")


def leads_on(manual: ManualPage, around: Around) -> Iterator[Told]:
    if not len(manual.related):
        sentence = _("Name the lessons that it was learned from, or the course that teaches it.")
        yield Told(sentence, Severity.SHOULD, field="related")


def asks_fairly(manual: ManualPage, around: Around) -> Iterator[Told]:
    for number, child in enumerate(manual.quiz, start=1):
        if sum(bool(answer["is_right"]) for answer in child.value["answers"]) != 1:
            sentence = _("Question %(number)d of the quiz needs one right answer.") % {"number": number}
            yield Told(sentence, field="quiz", block=child.id)


# --- a section -----------------------------------------------------------------------------------------------


def has_steps(section: SectionPage, around: Around) -> Iterator[Told]:
    if not section.steps:
        yield Told(_("Write down the steps: the section has none."), field="body")


def says_what_for(section: SectionPage, around: Around) -> Iterator[Told]:
    if not section.purpose.strip():
        yield Told(_("Say what the section is for: the purpose is empty."), Severity.SHOULD, field="purpose")


def thinks_of_harm(section: SectionPage, around: Around) -> Iterator[Told]:
    steps = [child.value for child in section.body if child.block_type == "procedure_step"]
    if steps and not any((step["do_no_harm"] or "").strip() for step in steps):
        sentence = _("No step says what could hurt somebody. Add “Do no harm” where it matters.")
        yield Told(sentence, Severity.SHOULD, field="body")


# --- steps and decisions, wherever they stand ------------------------------------------------------------------


def steps_are_whole(page: ProcedurePage, around: Around) -> Iterator[Told]:
    by_id = {child.id or "": child.value for child in page.body}
    for step in page.steps:
        for sentence, severity in lacks_of_step(by_id[step.id], step, page=page, around=around):
            named = sentence % {"number": step.number, "title": step.title}
            yield Told(named, severity, field="body", block=step.id)


def lacks_of_step(value: Any, step: Step, *, page: ProcedurePage, around: Around) -> Iterator[tuple[str, Severity]]:
    if not (value["who"] or "").strip() and not value["roles"]:
        yield _("Step %(number)d, “%(title)s”, does not say who does it."), Severity.MUST
    if step.kind == "decision":
        for sentence in dead_ends(value, step, page=page, around=around):
            yield sentence, Severity.MUST
        return
    if not has_words(value["text"]):
        yield _("Step %(number)d, “%(title)s”, does not say what to do."), Severity.MUST
    if not (value["evidence"] or "").strip():
        yield _("Step %(number)d, “%(title)s”, does not say what shows that it was done."), Severity.SHOULD


def dead_ends(decision: Any, step: Step, *, page: ProcedurePage, around: Around) -> Iterator[str]:
    """The ways of a decision that lead nowhere, for several reasons."""
    if len(decision["branches"]) < 2:
        yield _("Decision %(number)d, “%(title)s”, needs two ways at least.")
    for branch in decision["branches"]:
        reason = REASONS[branch["leads_to"] or LeadsTo.NEXT](branch, step, page, around)
        if reason:
            # The answer is put in here; per cent signs in it are no places to fill.
            yield reason.replace("%(answer)s", str(branch["answer"] or "?").replace("%", "%%"))


def no_step_follows(branch: Any, step: Step, page: ProcedurePage, around: Around) -> str:
    if step.number < len(page.steps):
        return ""
    return _("In decision %(number)d the way “%(answer)s” leads to the step that follows, but none follows.")


def step_is_gone(branch: Any, step: Step, page: ProcedurePage, around: Around) -> str:
    if branch["step"] == step.id:
        return _("In decision %(number)d the way “%(answer)s” leads back to the same question.")
    if not branch["step"]:
        return _("In decision %(number)d the way “%(answer)s” leads nowhere: choose the step.")
    if branch["step"] not in {other.id for other in page.steps}:
        return _("In decision %(number)d the way “%(answer)s” leads to a step that is no longer there.")
    return ""


def section_is_gone(branch: Any, step: Step, page: ProcedurePage, around: Around) -> str:
    section = branch["section"]
    if section is None:
        return _("In decision %(number)d the way “%(answer)s” leads nowhere: choose the section.")
    if section.translation_key not in around.keys:
        return _("In decision %(number)d the way “%(answer)s” leads to a section that is not in this manual.")
    return ""


REASONS: dict[str, Callable[[Any, Step, ProcedurePage, Around], str]] = {
    LeadsTo.NEXT: no_step_follows,
    LeadsTo.STEP: step_is_gone,
    LeadsTo.SECTION: section_is_gone,
    LeadsTo.END: lambda *_around: "",
}


def emergencies_say_what_to_do(page: ProcedurePage, around: Around) -> Iterator[Told]:
    for child in page.emergency:
        if not child.value["actions"] or not all(has_words(action) for action in child.value["actions"]):
            sentence = _("The emergency “%(title)s” does not say what to do at once.")
            yield Told(sentence % {"title": child.value["title"]}, field="emergency", block=child.id)


def forms_are_there(page: ProcedurePage, around: Around) -> Iterator[Told]:
    for name in ("annexes", "before_you_start", "body"):
        for child in getattr(page, name, ()):
            if child.block_type == "form" and child.value["leaflet"] is None and not has_words(child.value["text"]):
                sentence = _("The form “%(title)s” has neither a sheet nor words.") % {"title": child.value["title"]}
                yield Told(sentence, Severity.SHOULD, field=name, block=child.id)


def has_words(value: Any) -> bool:
    """Whether rich text says anything."""
    return bool(plain(getattr(value, "source", value) or "").strip())


MANUAL: list[Rule] = [
    says_what_it_covers, names_people, knows_emergencies, emergencies_say_what_to_do, stands_on_law, is_looked_after,
    has_sections, explains_its_words, steps_are_whole, forms_are_there, leads_on, knows_where_it_comes_from,
    asks_fairly,
]  # fmt: skip
SECTION: list[Rule] = [
    has_steps, says_what_for, emergencies_say_what_to_do, steps_are_whole, thinks_of_harm, forms_are_there
]  # fmt: skip


# --- translations --------------------------------------------------------------------------------------------


def missing_in_translation(other: Tree, *, original: Tree) -> list[Lack]:
    theirs = {section.translation_key: section for section in other.sections}
    ours = {section.translation_key: section for section in original.sections}
    told = [*sections_untranslated(ours, theirs), *sections_of_its_own(ours, theirs)]
    found = [lack_of(other.manual, one) for one in told]
    pairs = [(original.manual, other.manual), *((ours[key], theirs[key]) for key in ours if key in theirs)]
    return found + [lack_of(copy, one) for source, copy in pairs for one in is_older(source, copy)]


def sections_untranslated(ours: dict[UUID, SectionPage], theirs: dict[UUID, SectionPage]) -> Iterator[Told]:
    for key in ours.keys() - theirs.keys():
        yield Told(_("The section “%(title)s” is not translated.") % {"title": ours[key].title})


def sections_of_its_own(ours: dict[UUID, SectionPage], theirs: dict[UUID, SectionPage]) -> Iterator[Told]:
    for key in theirs.keys() - ours.keys():
        yield Told(_("The section “%(title)s” is in this language only.") % {"title": theirs[key].title})


def is_older(source: ProcedurePage, copy: ProcedurePage) -> Iterator[Told]:
    newest, translated = source.latest_revision_created_at, copy.latest_revision_created_at
    if newest is not None and translated is not None and translated < newest:
        language = LANGUAGES[source.language_code].name
        sentence = _("The text in %(language)s was changed after this translation: compare them.")
        yield Told(sentence % {"language": language}, Severity.SHOULD)
    if len(source.steps) != len(copy.steps):
        count = len(copy.steps)
        sentence = ngettext(
            "This translation has %(count)d step, and the text that it translates has %(other)d.",
            "This translation has %(count)d steps, and the text that it translates has %(other)d.",
            count,
        )
        yield Told(sentence % {"count": count, "other": len(source.steps)}, field="body")


def musts(lacks: Iterable[Lack]) -> list[Lack]:
    return [lack for lack in lacks if lack.is_must]
