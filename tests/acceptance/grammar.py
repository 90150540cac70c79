"""The grammar of the parts of a workbook, as far as ropa writes them: which attributes, which children, in which order.

From ISO/IEC 29500-1 (SpreadsheetML). Excel offers to repair a file whose elements stand in another order.
`faults` finds what is not so; whoever has the standard's own schemas can let those be asked as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_PLACE = r"[A-Z]{1,3}[1-9][0-9]*(:[A-Z]{1,3}[1-9][0-9]*)?"
_KINDS = {
    "int": r"[0-9]+",
    "real": r"[0-9]+(\.[0-9]+)?(E-?[0-9]+)?",
    "bool": r"0|1|true|false",
    "text": r"(?s).*",
    "rgb": r"[0-9A-F]{8}",
    "place": _PLACE,
    "places": rf"{_PLACE}( {_PLACE})*",
}

_WORKSHEET = """
worksheet: | sheetPr? dimension? sheetViews? sheetFormatPr? cols* sheetData sheetProtection? autoFilter? mergeCells? conditionalFormatting* dataValidations? hyperlinks? printOptions? pageMargins? pageSetup? headerFooter? rowBreaks? colBreaks? drawing? legacyDrawing?
sheetPr: | tabColor? outlinePr? pageSetUpPr?
tabColor: rgb=rgb |
outlinePr: summaryBelow=bool summaryRight=bool |
pageSetUpPr: fitToPage=bool |
dimension: ref=place |
sheetViews: | sheetView+
sheetView: showGridLines=bool workbookViewId=int! | pane? selection*
pane: activePane=topLeft,topRight,bottomLeft,bottomRight state=frozen topLeftCell=place xSplit=real ySplit=real |
selection: activeCell=place pane=topLeft,topRight,bottomLeft,bottomRight sqref=places |
sheetFormatPr: baseColWidth=int defaultRowHeight=real! outlineLevelCol=int |
cols: | col+
col: customWidth=bool hidden=bool max=int! min=int! outlineLevel=int style=int width=real |
sheetData: | row*
row: hidden=bool ht=real r=int | c*
c: r=place s=int t=inlineStr,s,n | is?
is: | t
sheetProtection: autoFilter=bool deleteColumns=bool deleteRows=bool formatCells=bool formatColumns=bool formatRows=bool insertColumns=bool insertHyperlinks=bool insertRows=bool objects=bool pivotTables=bool scenarios=bool selectLockedCells=bool selectUnlockedCells=bool sheet=bool sort=bool |
autoFilter: ref=place |
mergeCells: count=int | mergeCell+
mergeCell: ref=place! |
conditionalFormatting: sqref=places | cfRule+
cfRule: dxfId=int priority=int! type=expression | formula
formula: |
dataValidations: count=int | dataValidation+
dataValidation: allowBlank=bool error=text errorStyle=warning errorTitle=text prompt=text promptTitle=text showDropDown=bool showErrorMessage=bool showInputMessage=bool sqref=places! type=custom,list | formula1?
formula1: |
hyperlinks: | hyperlink+
hyperlink: location=text! ref=place! |
printOptions: horizontalCentered=bool |
pageMargins: bottom=real! footer=real! header=real! left=real! right=real! top=real! |
pageSetup: fitToHeight=int fitToWidth=int orientation=portrait,landscape pageOrder=overThenDown paperSize=int scale=int |
headerFooter: | oddHeader? oddFooter? evenHeader? evenFooter? firstHeader? firstFooter?
oddHeader: |
oddFooter: |
evenHeader: |
evenFooter: |
firstHeader: |
firstFooter: |
rowBreaks: count=int manualBreakCount=int | brk*
colBreaks: count=int manualBreakCount=int | brk*
brk: id=int man=bool max=int min=int |
drawing: id=text! |
legacyDrawing: id=text! |
t: space=preserve |
"""

_WORKBOOK = """
workbook: | workbookPr? workbookProtection? bookViews? sheets definedNames? calcPr?
workbookPr: |
workbookProtection: |
bookViews: | workbookView+
workbookView: activeTab=int autoFilterDateGrouping=bool firstSheet=int minimized=bool showHorizontalScroll=bool showSheetTabs=bool showVerticalScroll=bool tabRatio=int visibility=visible |
sheets: | sheet+
sheet: id=text! name=text! sheetId=int! state=visible,hidden,veryHidden |
definedNames: | definedName+
definedName: hidden=bool localSheetId=int name=text! |
calcPr: calcId=int fullCalcOnLoad=bool |
"""

_STYLES = """
styleSheet: | numFmts? fonts? fills? borders? cellStyleXfs? cellXfs? cellStyles? dxfs? tableStyles? colors?
numFmts: count=int |
fonts: count=int | font+
font: | name? family? b? i? color? sz? u? scheme?
name: val=text! |
family: val=int! |
b: val=bool |
i: val=bool |
u: val=single |
sz: val=real! |
scheme: val=minor |
color: rgb=rgb theme=int |
fills: count=int | fill+
fill: | patternFill
patternFill: patternType=none,gray125,solid | fgColor? bgColor?
fgColor: rgb=rgb |
bgColor: rgb=rgb |
borders: count=int | border+
border: | left? right? top? bottom? diagonal?
left: style=thin,medium | color?
right: style=thin,medium | color?
top: style=thin,medium | color?
bottom: style=thin,medium | color?
diagonal: | color?
cellStyleXfs: count=int | xf+
cellXfs: count=int | xf+
xf: applyAlignment=bool borderId=int fillId=int fontId=int numFmtId=int pivotButton=bool quotePrefix=bool xfId=int | alignment?
alignment: vertical=top,center,bottom wrapText=bool |
cellStyles: count=int | cellStyle+
cellStyle: builtinId=int hidden=bool name=text xfId=int! |
dxfs: count=int | dxf*
dxf: | font? fill?
tableStyles: count=int defaultPivotStyle=text defaultTableStyle=text |
colors: | indexedColors?
indexedColors: | rgbColor+
rgbColor: rgb=rgb |
"""

_COMMENTS = """
comments: | authors commentList
authors: | author*
author: |
commentList: | comment*
comment: authorId=int! ref=place! shapeId=int | text
text: | t
t: space=preserve |
"""

_Rule = tuple[dict[str, str], set[str], str]


def _rules(said: str) -> dict[str, _Rule]:
    """Read rules: an element's attributes with what they say, those that it needs, and the order of its children."""
    rules = {}
    for line in said.strip().splitlines():
        name, _, rest = line.partition(":")
        before, _, after = rest.partition("|")
        pairs = [pair.rstrip("!").partition("=") for pair in before.split()]
        kinds = {key: _KINDS.get(kind, kind.replace(",", "|")) for key, _, kind in pairs}
        needed = {pair.partition("=")[0] for pair in before.split() if pair.endswith("!")}
        order = re.sub(r"(\w+)([?*+]?)", r"(?:\1 )\2", after).replace(" (?:", "(?:")
        rules[name] = (kinds, needed, order.strip())
    return rules


_PARTS = {
    r"xl/worksheets/sheet[0-9]+\.xml": _rules(_WORKSHEET),
    r"xl/workbook\.xml": _rules(_WORKBOOK),
    r"xl/styles\.xml": _rules(_STYLES),
    r"xl/comments/comment[0-9]+\.xml": _rules(_COMMENTS),
}


def faults(part: str, text: str) -> Iterator[str]:
    """Yield what of a part is not as the standard has it; nothing for a part that has no grammar here."""
    rules = next((each for pattern, each in _PARTS.items() if re.fullmatch(pattern, part)), None)
    if rules is not None:
        for element in ET.fromstring(text).iter():  # noqa: S314 - what we wrote ourselves
            yield from _faults(element, rules)


def _faults(element: ET.Element, rules: dict[str, _Rule]) -> Iterator[str]:
    name = element.tag.removeprefix(MAIN)
    if name not in rules:
        yield f"<{name}> is not known here"
        return
    kinds, needed, order = rules[name]
    said = {key.removeprefix(RELATED).rpartition("}")[2]: value for key, value in element.items()}
    for key, value in said.items():
        if key not in kinds or not re.fullmatch(kinds[key], value):
            yield f'<{name} {key}="{value}">'
    for key in needed - said.keys():
        yield f"<{name}> without {key}"
    children = "".join(f"{child.tag.removeprefix(MAIN)} " for child in element)
    if not re.fullmatch(order, children):
        yield f"<{name}> holds {children[:200]}"
