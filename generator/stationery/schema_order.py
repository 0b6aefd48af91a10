"""Children of property elements in the order that the standard lays down; Word calls a file damaged that has another.

See ECMA-376-1, 17.3.1.26 (pPr), 17.3.2.28 (rPr), 17.4.60 (tblPr), 17.4.70 (tcPr).
"""

from docx.document import Document
from docx.oxml.ns import qn

_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
}
_PLACES = {
    qn(f"w:{name}"): {qn(f"w:{child}"): place for place, child in enumerate(order.split())}
    for name, order in _ORDER.items()
}


def put_in_order(document: Document) -> None:
    """Sort the properties of every part that was made: the body, the styles, headers and footers."""
    parts = [document.element, document.styles.element]
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            parts.append(part._element)
    for part in parts:
        for tag, places in _PLACES.items():
            for element in part.iter(tag):
                children = list(element)
                children.sort(key=lambda child: places.get(child.tag, len(places)))
                element[:] = children
