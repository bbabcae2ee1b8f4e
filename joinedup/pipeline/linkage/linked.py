"""All records' links in arrays: the cluster that each is of, and once clusters are named, the person."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.pipeline.contracts.stages import LINKS
from joinedup.pipeline.linkage.answers import Persons
from joinedup.pipeline.linkage.collapsed import Records

_TIERS = pa.array(["alone", "certain"])


def placed(records: Records, certain: Persons) -> pa.Table:
    """Every record with its key and its cluster, as identifiers.place has them in SQL."""
    members = records.members
    return pa.table(
        {
            "agency": members["agency"],
            "record_id": members["record_id"],
            "key": pc.binary_join_element_wise(members["agency"], members["record_id"], "\x1f"),
            "cluster": certain.person[records.place],
        }
    )


def links_of_all(records: Records, certain: Persons, named: pa.Table) -> pa.Table:
    """The links (LINKS); `named` says of each cluster its person, and how many records it has."""
    at = np.zeros(len(certain.person), dtype=np.int64)
    at[named["cluster"].to_numpy()] = np.arange(len(named))
    row = at[certain.person[records.place]]
    several = (named["records"].to_numpy() > 1)[row]
    because = certain.because.take(pa.array(records.place))
    found = {
        "agency": records.members["agency"],
        "record_id": records.members["record_id"],
        "person": named["person"].take(pa.array(row)),
        "tier": _TIERS.take(pa.array(several.astype(np.int8))),
        "weight": pa.array(certain.weight[records.place], from_pandas=True),
        "because": pc.if_else(pa.array(several), because, "alone"),
    }
    return pa.table(found).select(LINKS.names)
