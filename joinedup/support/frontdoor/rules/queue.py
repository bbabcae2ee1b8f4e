"""What holds of the queue: how long a referral counts as open with somebody."""

import datetime

OPEN_FOR = datetime.timedelta(minutes=5)
"""So long after the page last said so, a referral counts as open with somebody (proposed)."""
