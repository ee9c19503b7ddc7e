"""Near-duplicates: syndicated copies are found, different reports of one event are not."""

from detente.ingest.duplicates import DUPLICATE, bands, duplicates, signature, similarity

STORY = (
    "The foreign ministers of Russia and Pakistan met in Moscow on Wednesday and agreed to hold regular consultations "
    "on Afghanistan, the Russian foreign ministry said. Both sides expressed concern about the presence of militants "
    "in the north of the country and called on the government in Kabul to resume talks. The Pakistani minister invited "
    "his counterpart to visit Islamabad next year. Trade between the two countries rose by a fifth in the first half."
)
OTHER_REPORT = (
    "Pakistan's top diplomat travelled to the Russian capital this week, where he discussed the Afghan conflict with "
    "his host. A joint statement spoke of regular consultations and of shared worry over armed groups near the Tajik "
    "border. Analysts see the trip as another sign that Islamabad looks for friends beyond Washington, after a year of "
    "quarrels over supply routes and drone strikes. An invitation to Islamabad was extended."
)


def test_copy_with_dateline_and_edits_is_a_duplicate() -> None:
    copy = "MOSCOW, Oct 3 (Wire) - " + STORY.replace("on Wednesday and agreed", "Wednesday and agreed").replace(
        "resume talks", "resume negotiations"
    )
    assert similarity(signature(STORY), signature(copy)) >= DUPLICATE
    assert duplicates(signature(STORY), signature(copy))


def test_case_and_punctuation_do_not_count() -> None:
    assert signature(STORY) == signature(STORY.upper().replace(",", " –"))


def test_another_report_of_the_event_is_not_a_duplicate() -> None:
    assert similarity(signature(STORY), signature(OTHER_REPORT)) < 0.3


def test_copies_share_a_band_and_strangers_do_not() -> None:
    copy = STORY.replace("on Wednesday", "on Thursday")
    assert set(bands(signature(STORY))) & set(bands(signature(copy)))
    assert not set(bands(signature(STORY))) & set(bands(signature(OTHER_REPORT)))


def test_bands_fit_a_signed_64_bit_column() -> None:
    keys = bands(signature(STORY))
    assert len(keys) == len(set(keys)) == 16
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_short_texts_match_only_exactly() -> None:
    assert similarity(signature("Russia sells tanks to Pakistan."), signature("Russia sells tanks to Pakistan")) == 1.0
    assert similarity(signature("Russia sells tanks to Pakistan"), signature("Russia sells jets to Pakistan")) < 0.2


def test_empty_text_resembles_nothing() -> None:
    assert signature(" …") == b""
    assert bands(b"") == []
    assert similarity(b"", b"") == 0.0


def test_signature_is_stable_across_versions() -> None:
    """Signatures are kept in the record: a change of the hash must not pass unseen."""
    assert signature("Russia sells tanks to Pakistan").hex()[:16] == "cd6f5ff950c782c2"


def test_scripts_without_spaces() -> None:
    text = "俄罗斯外交部长与巴基斯坦外交部长星期三在莫斯科会晤双方同意就阿富汗问题举行定期磋商" * 3
    assert similarity(signature(text), signature(text[:-2])) > DUPLICATE
