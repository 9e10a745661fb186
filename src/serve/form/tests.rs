//! A form of every kind, in every language polku speaks.
