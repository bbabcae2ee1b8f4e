"""Read, rename, check, quarantine."""

from joinedup.pipeline.deliveries.checking import Checked, Finding, check
from joinedup.pipeline.deliveries.file_name import DeliveryName, NotADeliveryName

__all__ = ["Checked", "DeliveryName", "Finding", "NotADeliveryName", "check"]
