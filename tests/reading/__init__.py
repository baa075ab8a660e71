"""Tests of the site. A package, so that its conftest does not stand in the way of the one that other tests import."""
