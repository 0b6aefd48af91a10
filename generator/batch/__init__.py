"""Many plans, many forms, one report: whole files only, resumable, on this machine's cores or on a cluster."""

from generator.batch.job import Made, make_documents
from generator.batch.report import Row
from generator.batch.run import Batch, run_batch

__all__ = ["Batch", "Made", "Row", "make_documents", "run_batch"]
