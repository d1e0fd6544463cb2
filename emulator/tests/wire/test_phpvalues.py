"""What PHP writes of a structure: json_encode, serialize, SimpleXML."""

import pytest

from emulator.wire.phpvalues import Value, encoded, serialized
from emulator.wire.phpxml import document


@pytest.mark.parametrize(
    ("value", "json", "php"),
    [
        (None, "null", "N;"),
        ("שלום", '"\\u05e9\\u05dc\\u05d5\\u05dd"', 's:8:"שלום";'),
        ("😀", '"\\ud83d\\ude00"', 's:4:"😀";'),
        ('a/b "c" \\', '"a\\/b \\"c\\" \\\\"', 's:9:"a/b "c" \\";'),
        ("<&'>\x7f", '"<&\'>\x7f"', 's:5:"<&\'>\x7f";'),
        ("\b\f\n\r\t\x01", '"\\b\\f\\n\\r\\t\\u0001"', 's:6:"\b\f\n\r\t\x01";'),
        ("\\u007f", '"\\\\u007f"', 's:6:"\\u007f";'),
        (5, "5", "i:5;"),
        (52.0, "52", "d:52;"),
        (-12.345, "-12.345", "d:-12.345;"),
        ([], "[]", "a:0:{}"),
        (["a", {"b": None}], '["a",{"b":null}]', 'a:2:{i:0;s:1:"a";i:1;a:1:{s:1:"b";N;}}'),
    ],
)
def test_a_value_is_written_as_php_writes_it(value: Value, json: str, php: str) -> None:
    assert (encoded(value), serialized(value)) == (json, php)


@pytest.mark.parametrize(
    ("value", "inside"),
    [
        (None, "<v/>"),
        ("", "<v/>"),
        ("שלום", "<v>&#x5E9;&#x5DC;&#x5D5;&#x5DD;</v>"),
        ("😀", "<v>&#x1F600;</v>"),
        ("a<b> \"c\" 'd'", "<v>a&lt;b&gt; \"c\" 'd'</v>"),
        ("a\r\nb", "<v>a&#13;\nb</v>"),
        (52.5, "<v>52.5</v>"),
        (0.0, "<v>0</v>"),
        (["a", ["b"]], "<v><item>a</item><item><item>b</item></item></v>"),
        ({"k": "1"}, "<v><k>1</k></v>"),
        ("a\x00\x0b\uffffb", "<v>ab</v>"),
    ],
)
def test_a_value_is_an_element(value: Value, inside: str) -> None:
    written = document("r", {"v": value})

    assert written == f'<?xml version="1.0"?>\n<r>{inside}</r>\n'


@pytest.mark.parametrize(
    ("text", "escaped", "raw"),
    [
        ("R&D", "R&amp;D", ""),
        ("a &amp; b", "a &amp;amp; b", "a &amp; b"),
        ("&lt;b&gt;", "&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("&T;", "&amp;T;", "&T;"),
        ("x &T; y & z", "x &amp;T; y &amp; z", "x &T;"),
        ("&#x5e9;&#65;", "&amp;#x5e9;&amp;#65;", "&#x5E9;A"),
        ("&;", "&amp;;", ""),
    ],
)
def test_an_ampersand_is_escaped_or_begins_a_reference(text: str, escaped: str, raw: str) -> None:
    both = [document("r", {"v": text}, escaping=escaping) for escaping in (True, False)]

    bodies = [one.split("\n")[1].removeprefix("<r>").removesuffix("</r>") for one in both]
    assert bodies == [f"<v>{inside}</v>" if inside else "<v/>" for inside in (escaped, raw)]
