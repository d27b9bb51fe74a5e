"""Does the specimen show a player as readers get it, without a recording in the database?"""

from django.template import Context, Template

SPECIMEN = '{% load player_tags %}{% player_specimen "th" "ทุกคนมีศักดิ์ศรี" "มนุษย์ทั้งหลายเกิดมาเสมอภาคกัน" %}'


def test_a_specimen_shows_every_choice_and_an_open_transcript(db: None) -> None:
    html = Template(SPECIMEN).render(Context())
    for name in ("whole", "small", "sound", "spoken", "read"):
        assert f'data-choice="{name}"' in html
    assert " open>" in html
    assert html.count('class="player__line') == 3 + 1  # the list, and two sentences and a description in it
