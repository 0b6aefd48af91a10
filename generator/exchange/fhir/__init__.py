"""FHIR R4 (HL7, 4.0.1): a plan as a bundle of resources, and a bundle as a plan.

The resources and elements used are the same in R4 and R4B; a bundle of ours is checked with the R4B models of
fhir.resources, which has none of plain R4.
"""
