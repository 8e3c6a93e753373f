"""`hearth screen`, as somebody runs it."""

import json
import subprocess
import sys


def run(typed: bytes, *arguments: str) -> tuple[int, list[dict[str, object]], str]:
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "bot", "screen", *arguments],
        input=typed,
        capture_output=True,
        check=False,
        timeout=60,
        env={"PATH": ""},
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


def test_each_line_gets_a_line_in_its_order_without_a_database_or_a_token() -> None:
    code, answers, _ = run(
        "kms\n\nquién cocina hoy\nya no puedo más\nlast line without an end, bad \ufffd".encode() + b"\xff"
    )
    assert code == 0
    assert [answer["tier"] for answer in answers] == ["crisis", "none", "none", "heavy", "none"]
    assert answers[0]["kind"] == "suicide"
    assert answers[0]["rule"]


def test_what_was_written_is_not_repeated() -> None:
    _, answers, _ = run(b"my secret name is Zebedee and I want to kill myself\n")
    assert "Zebedee" not in json.dumps(answers)


def test_another_language_is_wrong_use() -> None:
    code, answers, said = run(b"kms\n", "--lang", "fr")
    assert (code, answers) == (2, [])
    assert "en, es" in said
