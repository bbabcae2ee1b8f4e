"""What agencies write down of people, each in its own manner and with its own errors."""
