"""One contract a feed (Open Data Contract Standard): columns, types, header aliases, rules, keys."""

from lumbung.contracts.catalogue import Column, Contract, contract_of, contracts, feeds_of_dag
from lumbung.contracts.layouts import Layout, Unpivot

__all__ = ["Column", "Contract", "Layout", "Unpivot", "contract_of", "contracts", "feeds_of_dag"]
