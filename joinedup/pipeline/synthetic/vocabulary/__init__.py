"""The words the synthetic borough is made of: names by origin and era, nicknames, streets and towns."""
