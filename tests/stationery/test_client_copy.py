"""The client copy's printed words read easily: grade 6 or below in English, INFLESZ 55 or above in Spanish."""

import pytest

from generator.rules.text.readability import HIGHEST_GRADE, LOWEST_INFLESZ, read_text
from generator.stationery.definition import Block, Each, Heading, Place, Table, Text, answers_of, standard
from generator.stationery.wording import Wording


def printed(blocks: tuple[Block, ...], say: Wording) -> list[str]:
    out = []
    for block in blocks:
        if isinstance(block, Each):
            out += printed(block.blocks, say)
        elif isinstance(block, Text | Place | Heading):
            out.append(say(block.words))
        else:
            out += [say(answer.label) for answer in answers_of((block,))]
        if isinstance(block, Table):
            out += [say(row.label) for row in (*block.lead, *block.tail)]
    return out


def words_of_the_form(language: str) -> list[str]:
    say, form = Wording(language), standard("client-copy")
    out = [say(form.title)]
    for section in form.sections:
        out += [say(section.title), *printed(section.blocks, say)]
    return [text for text in out if text]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_printed_words_are_easy_together_and_sentence_by_sentence(language):
    texts = words_of_the_form(language)
    sentences = [text for text in texts if text.endswith(".")]
    assert len(texts) >= 12
    for text in ("\n".join(texts), " ".join(sentences), *sentences):
        reading = read_text(text, language)
        assert reading is not None
        assert reading.value <= HIGHEST_GRADE if language == "en" else reading.value >= LOWEST_INFLESZ
