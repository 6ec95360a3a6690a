//! Names, parties, titles, roles and outlets: lookups in the data files.
