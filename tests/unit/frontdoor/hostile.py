"""What people and machines type and paste where it does not belong: by the box it is typed in."""

import io
import zipfile

LONG = "A" * 500

NAMES = (
    LONG, "Ada " * 200, "O'Brien-" * 60, "😀", "???", "-", ".", "12345", "07700 900123", "999 012 3456",
    "https://evil.example/x", "www.evil.example", "ada@example.org", "<script>alert(1)</script>",
    "<b>Ada</b>", "{{ 7*7 }}", "${jndi:ldap://x}", "Ada | rm -rf", "C:\\Users\\Ada", "1984-04-03",
    "a\\b", "{% load x %}", "’", "--", "...", "&&&", "###", "%s%s%s%n", "' OR 1=1 111 --", "٣٤٥٦",
)  # fmt: skip
DATES = (
    "31/2/1980", "30 Feb 1999", "29/2/1900", "29 February 2023", "0/0/0000", "00/12/1980", "32/1/1980",
    "1/13/1980", "13/13/1980", "4/31/1980", "31/4/1980", "31/06/1975", "1/1/0001", "1/1/1066",
    "1/1/1850", "3 March 1903", "1/1/1899", "2099-01-01", "1/1/3000", "23/11/2026", "22/11/2027",
    "3/4/12", "1/1/20", "5-6-07", "next Tuesday", "yesterday", "unknown", "n/a", "??/??/1980",
    "1980", "March 1980", "3rd of Marc 1980", "1980-13-45", "19801345", "99999999", "1e9", "-1/1/1980",
    "1/1/1980; DROP TABLE", "<b>1/1/1980</b>", "1/1/1980 or 2/2/1982", "1/1/19800", "11/11", "٣/٤/١٩٨٤x",
    "3/Smarch/1984", "first of May", "60/60/60", "1" * 200, "0", "31-02-2024", "24/13/99",
)  # fmt: skip
AGES = (
    "121", "999", "130 years", "-5", "-", "forty", "old", "1e3", "0x20", "12.5.6", "40-50-60", "9999",
    "4 0", "NaN", "∞", "1984", "over 18", "<1", "ten", "?", "１２３４", "40; DROP", "1" * 60, "half",
)  # fmt: skip
POSTCODES = (
    "LS1", "LS", "L", "1", "LS1 4", "LS1 4DYX", "ABCDEFG", "12345", "90210", "LS1 4D$", "?? ???",
    "ZZ99 3VZ", "SW1A", "no idea", "near the church", "LS1-", "<b>LS1 </b>x", "LS14 4DYYY", "0" * 30,
    "M" * 300, "QQ QQ QQ", "W1A 1AA and W1A 1AB",
)  # fmt: skip
PHONES = (
    "1", "123", "12345", "0000000000", "1111111111", "call me", "mum’s mobile", "07700 900123 or 07700 900456",
    "07700", "+", "+44", "+0 123 45", "077009001234567890", "ext. 12", "none", "n/a", "9" * 60,
    "07700900123; 07700900456", "tel:", "999", "<a href=tel:1>", "٠٧٧٠", "07OO", "12/34",
)  # fmt: skip
ADDRESSES = (
    "https://evil.example", "<script>x</script>", "www.evil.example/path", "B" * 301, "Flat 1, " * 80,
    "<img src=x onerror=alert(1)>", "</textarea>", "http://10.0.0.1", "<svg/onload=x>", "C\n" * 200,
)  # fmt: skip
REACHES = (
    "me", "ada@", "@example", "ada@example", "ada example.org@", "none@none.org", "123", "a@b@c",
    "ada@example.org, ben@example.org", "x" * 300 + "@example", "twitter", "call at 5", "@ada", "0",
)  # fmt: skip
TOLD = (
    "",
    " ",
    "\n\n\n",
    "\t",
    ".",
    "???",
    "—",
    "\u200b\u200b",
    "\x00\x01\x02",
    "w" * 10_001,
    "a b " * 4000,
    "!!!",
)
CHOICES = (
    ("for_whom", "everybody"), ("for_whom", "PERSON"), ("for_whom", "' OR 1=1"), ("for_whom", ""),
    ("agreement", "yes"), ("agreement", "maybe"), ("agreement", "\x00"), ("agreement", ""),
    ("communication", "telepathy"), ("communication", "bsl,none"), ("unsafe_ways", "pigeon"),
    ("purpose", ""), ("purpose", "curiosity"), ("purpose", "law_enforcement"),
)  # fmt: skip

KEPT = {
    "given_name": (
        "O’Brien", "D'Arcy", "Anne-Marie", "X", "Æthelflæd", "Łukasz", "محمد", "李", "Ольга", "María José",
        "Ng", "van der Berg", "Ada  ", "\u202eAda", "Ada\u200b", "Ada\x00", "ADA", "Sinéad", "Nguyễn",
        "Big Dave", "Null", "Test", "Jean-Luc 2nd",
    ),
    "born_on": (
        "3/4/1984", "03.04.1984", "3-4-1984", "3 4 1984", "1984-04-03", "3 Apr 1984", "3rd April 1984",
        "03041984", "19840403", "3.4.84", " 3 / 4 / 1984".replace(" / ", "/"), "3 april 1984", "29/2/2024",
        "22/11/2026", "1/1/1907", "3 Sept 1984",
    ),
    "age": ("0", "42", "about 40", "40ish", "~40", "40s", "late 30s", "6 months", "120", "42 years old", "c. 50"),
    "postcode": ("LS1 4DY", "ls14dy", "L S 1 4 D Y", " LS1  4DY ", "LS1-4DY", "M1 1AE", "SW1A 1AA", "ls1  4dy"),
    "phone": (
        "07700 900123", "+44 7700 900123", "(01632) 960 001", "0044 7700 900123", "01632-960-001",
        "+353 20 910 1234", "07700.900.123",
    ),
    "address": ("3 Mill Lane", "Flat 2/1, 3 St John's Road", "Tŷ Gwyn, Heol y Bont", "3 Mill Lane\nLeeds"),
}  # fmt: skip
"""Unusual and right: it is taken as it is."""


def packed(*names: str) -> bytes:
    """A packed folder with files of these names."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as folder:
        for name in names:
            folder.writestr(name, "x")
    return kept.getvalue()


FILES = (
    b"", b"   \n", b"MZ\x90\x00", b"\x7fELF\x02", b"#!/bin/sh\nrm -rf /", b"\xca\xfe\xba\xbe\x00",
    b"<html><script>alert(1)</script>", b"<!DOCTYPE html>", b"<svg onload=x>", b"<?xml version='1.0'?>",
    b"<?php system(1);", b"  <script src=x>", b"\xd0\xcf\x11\xe0\xa1\xb1", b"PK\x03\x04broken",
    packed("a.txt"), packed("xl/workbook.xml", "[Content_Types].xml"),
    packed("word/document.xml", "[Content_Types].xml", "word/vbaProject.bin"), packed("../../etc/passwd"),
    b"\x00\x01\x02\x03", b"GIF89a\x00\x00", b"BM\x00\x00\x00", b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b\x08\x00", b"letter\x00with nought", b"\xff\xfe\x00\x00", b"%!PS\x04", b"\x89PNX",
    b"RIFF\x00\x00\x00\x00AVI ",
    b"%PDF-" + b"0" * (20 * 1024 * 1024),
)  # fmt: skip
