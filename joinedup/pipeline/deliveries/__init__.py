"""Read, rename, check, quarantine."""

from joinedup.pipeline.deliveries.checking import Checked, check
from joinedup.pipeline.deliveries.file_name import DeliveryName, NotADeliveryName
from joinedup.pipeline.deliveries.findings import Finding
from joinedup.pipeline.deliveries.mending import mended_file

__all__ = ["Checked", "DeliveryName", "Finding", "NotADeliveryName", "check", "mended_file"]
