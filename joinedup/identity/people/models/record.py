"""What each agency sends of a person, and what it said before."""

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency
from joinedup.identity.people.models.person import Person


def _text() -> "models.TextField[str, str]":
    return models.TextField(blank=True, default="", db_default="")


class Record(models.Model):
    """One agency's identity of one person, as delivered; (agency, record_id) is its key.

    The link to the person is an assertion with its evidence, told here as it stands; what it was
    before is kept by linkage.
    """

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="records", db_index=False
    )
    record_id = models.TextField()
    controller = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="records")
    tier = models.CharField(max_length=20, default="alone", db_default="alone")
    weight = models.FloatField(null=True, blank=True)
    because = _text()
    linked_on = models.DateField()

    given_name = _text()
    middle_names = _text()
    family_name = _text()
    previous_family_name = _text()
    known_as = _text()
    sex = _text()
    nhs_number = _text()
    nhs_number_status = _text()
    address = _text()
    postcode = _text()
    previous_address = _text()
    previous_postcode = _text()
    uprn = _text()
    phone = _text()
    email = _text()
    gp_practice = _text()
    birth_order = _text()
    born_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    updated_on = models.DateField(null=True, blank=True)

    population = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="Of which population it was last delivered; a full delivery empties that one only.",
    )
    address_key = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="House, street and postcode in standard form; by it households are found.",
    )
    received_on = models.DateField()
    changed_on = models.DateField()
    gone_on = models.DateField(null=True, blank=True)
    absent_on = models.DateField(
        null=True,
        blank=True,
        help_text="When a full delivery far from usual lacked it; it stays until that is confirmed.",
    )

    class Meta:
        indexes = (
            models.Index(
                fields=("absent_on",), condition=Q(absent_on__isnull=False), name="record_absent"
            ),
            # A new seal is held against every record that is gone; few are.
            models.Index(
                fields=("gone_on",), condition=Q(gone_on__isnull=False), name="record_gone"
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("agency", "record_id"), name="record_key_once"),
            models.CheckConstraint(
                condition=Q(changed_on__gte=F("received_on")),
                name="record_changed_after_received",
            ),
            models.CheckConstraint(
                condition=Q(gone_on__isnull=True) | Q(gone_on__gte=F("received_on")),
                name="record_gone_after_received",
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency_id} {self.record_id}"


class RecordVersion(models.Model):
    """What a record said before it changed: old names and addresses, for finding and history."""

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="versions")
    identity = models.JSONField()
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="version_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return f"record {self.record_id} until {self.ends_on}"
