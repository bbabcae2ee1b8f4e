"""Invented people for tests of the night, by field of the contracts."""

from tests.pipeline.night_files import NHS_1, NHS_2, NHS_3

ANN = {
    "record_id": "1", "given_name": "Ann", "middle_names": "Rose", "family_name": "Ash",
    "born_on": "01/05/1990", "sex": "F", "address": "1 Oak Road, Aldermere", "postcode": "JU1 0AA",
    "nhs_number": NHS_1, "nhs_number_status": "01", "phone": "07700 900111", "updated_on": "01/11/2026",
}  # fmt: skip
BEN = {
    "record_id": "2", "given_name": "Ben", "family_name": "Beech", "born_on": "02/06/1980", "sex": "M",
    "address": "2 Elm Street, Aldermere", "postcode": "JU1 0AA", "nhs_number": NHS_2,
    "nhs_number_status": "01", "updated_on": "01/11/2026",
}  # fmt: skip
CAT = {
    "record_id": "3", "given_name": "Cathal", "family_name": "Cedar", "born_on": "03/07/1975",
    "sex": "M", "address": "1 Oak Road, Aldermere", "postcode": "JU1 0AA", "nhs_number": NHS_3,
    "nhs_number_status": "01", "updated_on": "01/11/2026",
}  # fmt: skip
