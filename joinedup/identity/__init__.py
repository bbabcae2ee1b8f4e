"""Who a person is, and who may know."""
