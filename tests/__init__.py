"""Tests of Rapporteur, package by package, and of the tools the tests are written with."""
