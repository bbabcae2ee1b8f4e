"""Agree which controller may deliver which population (P1)."""

import datetime

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.places.models import Practice
from joinedup.identity.sharing.access import Viewer
from joinedup.intelligence.linkage.models import Flow
from joinedup.pipeline.contracts.columns import Contract
from joinedup.pipeline.contracts.identity import CONTRACTS


def agree_usual_flows(
    *, by: Viewer, basis: str, starts_on: datetime.date, at: datetime.datetime
) -> int:
    """Agree every contract for its agency, and for each GP practice of the place; return how many are new.

    Flows that stand already are left as they are.
    """
    by.must(Permission.SEND_DELIVERIES)
    wanted = [
        Flow(
            contract=contract.code,
            controller=controller,
            population=population,
            basis=basis,
            starts_on=starts_on,
        )
        for contract in CONTRACTS
        for population in contract.populations
        for controller in _controllers(contract)
    ]
    with transaction.atomic():
        before = Flow.objects.count()
        standing = set(Flow.objects.values_list("contract", "controller", "population"))
        Flow.objects.bulk_create(
            flow
            for flow in wanted
            if (flow.contract, flow.controller, flow.population) not in standing
        )
        agreed = Flow.objects.count() - before
        record_change(
            at=at,
            post_id=by.post_id,
            act="agreed",
            subject_kind="flow",
            subject_id="",
            purpose=by.purpose,
            detail={"flows": agreed},
        )
    return agreed


def _controllers(contract: Contract) -> list[str]:
    if contract.controller_field is None:
        return [contract.agency]
    return list(Practice.objects.order_by("ods_code").values_list("ods_code", flat=True))
