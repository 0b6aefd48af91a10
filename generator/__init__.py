"""planscribe: treatment-plan paperwork, filled, checked and proven."""
