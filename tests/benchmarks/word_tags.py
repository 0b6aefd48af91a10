"""How quickly a tagged Word template is filled, beside docxtpl and the npm engines, in one interleaved run.

    python tests/benchmarks/word_tags.py [FOLDER_WITH_NODE_MODULES]

The template has a logo in its header and prints problems × 3 goals × 2 objectives × 2 interventions. CPU time, median
of rounds in which the engines take turns. The npm engines (easy-template-x, docxtemplater with pizzip) run where a
folder with their `node_modules` is given: npm install easy-template-x docxtemplater pizzip.
"""

import io
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import docx
from docx.shared import Inches
from docxtpl import DocxTemplate
from PIL import Image

from generator.blanks.word_tags import open_word_tags
from generator.slots import Fill

SIZES = (1, 10, 50, 200)
BARS = {1: 30, 10: 12, 50: 5, 200: 3}
WORDS = "person will report using two grounding skills during weekly contact with family and sleep at least six hours".split()


def logo() -> bytes:
    """A picture that does not deflate, about 40 kB."""
    noise = random.Random(1)
    picture = Image.frombytes("RGB", (120, 110), noise.randbytes(120 * 110 * 3))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def template(marks: tuple[str, str, str, str, str]) -> bytes:
    """The template in one engine's dialect: value, open and close of a loop of paragraphs, of rows."""
    value, p_open, p_close, tr_open, tr_close = marks
    document = docx.Document()
    header = document.sections[0].header.paragraphs[0]
    header.add_run().add_picture(io.BytesIO(logo()), width=Inches(1))
    header.add_run(value.format("agency"))
    document.add_heading("Individualized treatment plan", 1)
    document.add_paragraph(f"Name: {value.format('name')}   Date: {value.format('day')}")
    document.add_paragraph(p_open.format("p", "problems"))
    document.add_heading(value.format("p.title"), 2)
    document.add_paragraph(p_open.format("g", "p.goals"))
    document.add_paragraph(value.format("g.statement"), style="List Bullet")
    document.add_paragraph(p_open.format("o", "g.objectives"))
    document.add_paragraph(f"{value.format('o.statement')} by {value.format('o.target')}")
    table = document.add_table(1, 3, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("Intervention", "How often", "Who"), strict=True):
        cell.text = text
    if tr_open != tr_close:
        table.add_row().cells[0].text = tr_open.format("i", "o.interventions")
    cells = table.add_row().cells
    for cell, name in zip(cells, ("i.description", "i.frequency", "i.staff"), strict=True):
        cell.text = value.format(name)
    if tr_open != tr_close:
        table.add_row().cells[0].text = tr_close.format("i", "o.interventions")
    else:
        cells[0].paragraphs[0].insert_paragraph_before("")
        cells[0].paragraphs[0].text = tr_open.format("i", "o.interventions") + cells[0].paragraphs[1].text
        cells[0]._tc.remove(cells[0].paragraphs[1]._p)
        cells[2].paragraphs[0].add_run(p_close.format("o.interventions"))
    document.add_paragraph(p_close.format("g.objectives"))
    document.add_paragraph(p_close.format("p.goals"))
    document.add_paragraph(p_close.format("problems"))
    document.add_paragraph("Signature: ______________")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


DOCXTPL = (
    "{{{{ {0} }}}}",
    "{{%p for {0} in {1} %}}",
    "{{%p endfor %}}",
    "{{%tr for {0} in {1} %}}",
    "{{%tr endfor %}}",
)


def plan(problems: int) -> dict[str, object]:
    """Data for the template."""
    noise = random.Random(problems)

    def text(n: int) -> str:
        return " ".join(noise.choices(WORDS, k=n)).capitalize() + "."

    def intervention() -> dict[str, object]:
        return {"description": text(12), "frequency": "1 time a week for 12 weeks", "staff": "R. Okafor, LCSW"}

    def objective() -> dict[str, object]:
        return {"statement": text(18), "target": "2027-02-01", "interventions": [intervention() for _ in range(2)]}

    def goal() -> dict[str, object]:
        return {"statement": text(10), "objectives": [objective() for _ in range(2)]}

    return {
        "agency": "Harbor Light", "name": "Alex Sample", "day": "2026-11-22",
        "problems": [{"title": text(5), "goals": [goal() for _ in range(3)]} for _ in range(problems)],
    }  # fmt: skip


def ours(data: bytes, context: dict[str, object]) -> bytes:
    """What a worker does for each document: find the compiled template by the file's hash, fill, write."""
    return open_word_tags(data).fill([Fill(key, value) for key, value in context.items()]).data  # type: ignore[arg-type]


def docxtpl(data: bytes, context: dict[str, object]) -> bytes:
    """docxtpl as its manual says."""
    document = DocxTemplate(io.BytesIO(data))
    document.render(context, autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def cpu(work: Callable[[], object], repeat: int) -> float:
    """Milliseconds of processor time for one call."""
    start = time.process_time()
    for _ in range(repeat):
        work()
    return (time.process_time() - start) * 1000 / repeat


NODE = r"""
const fs=require('fs'); const [,,folder,name,...sizes]=process.argv;
const path=require('path'); const need=m=>require(require.resolve(m,{paths:[folder]}));
(async()=>{ const out={};
 for(const n of sizes){ const data=JSON.parse(fs.readFileSync(path.join(folder,'plan'+n+'.json'))); const tpl=fs.readFileSync(path.join(folder,'tpl-'+name+'.docx'));
  let run;
  if(name==='easy-template-x'){const {TemplateHandler}=need('easy-template-x'); run=async()=>{const h=new TemplateHandler(); return h.process(tpl,data)}}
  else {const D=need('docxtemplater'),P=need('pizzip'); run=async()=>{const d=new D(new P(tpl),{paragraphLoop:true}); d.render(data); return d.getZip().generate({type:'nodebuffer',compression:'DEFLATE'})}}
  const reps=n>=200?4:n>=50?8:25; let r; for(let i=0;i<Math.max(3,reps/2);i++) r=await run();
  const t=[]; for(let k=0;k<5;k++){const s=process.cpuUsage(); for(let i=0;i<reps;i++) r=await run(); const e=process.cpuUsage(s); t.push((e.user+e.system)/1000/reps)}
  t.sort((a,b)=>a-b); out[n]=t[2]; fs.writeFileSync(path.join(folder,'out-'+name+n+'.docx'),r)
 } console.log(JSON.stringify(out)) })().catch(e=>{console.error(e);process.exit(1)});
"""


def npm(folder: Path) -> dict[str, dict[int, float]]:
    """CPU milliseconds of each npm engine by size; warm, in one process each."""
    marks = {
        "easy-template-x": ("{{{0}}}", "{{#{1}}}", "{{/{0}}}", "{{#{1}}}", "{{#{1}}}"),
        "docxtemplater": ("{{{0}}}", "{{#{1}}}", "{{/{0}}}", "{{#{1}}}", "{{#{1}}}"),
    }
    figures = {}
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        (place / "node_modules").symlink_to(folder.resolve() / "node_modules")
        (place / "run.js").write_text(NODE)
        for size in SIZES:
            (place / f"plan{size}.json").write_text(json.dumps(plan(size)))
        for name, dialect in marks.items():
            # These engines look a name up in the innermost loop first; "p.title" is "title" for them.
            data = template(dialect)
            (place / f"tpl-{name}.docx").write_bytes(_without_prefixes(data))
            run = subprocess.run(
                ["node", "run.js", scratch, name, *map(str, SIZES)],
                cwd=place,
                capture_output=True,
                text=True,
                check=False,
            )
            if run.returncode:
                print(f"{name} did not run: {run.stderr.strip().splitlines()[-1:]}")
                continue
            figures[name] = {int(size): ms for size, ms in json.loads(run.stdout).items()}
            document = docx.Document(str(place / f"out-{name}{SIZES[1]}.docx"))
            print(
                f"{name}: {len(document.paragraphs)} paragraphs, {len(document.tables)} tables at {SIZES[1]} problems"
            )
    return figures


def _without_prefixes(data: bytes) -> bytes:
    import re
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in package.infolist():
            content = package.read(entry)
            if entry.filename == "word/document.xml":
                content = re.sub(rb"\{([#/]?)[pgoi]\.", rb"{\1", content)
            copy.writestr(entry.filename, content)
    return out.getvalue()


def main() -> None:
    """Print the table."""
    data = template(DOCXTPL)
    print(f"template {len(data)} bytes; CPU ms a document, median of interleaved rounds")
    peers = npm(Path(sys.argv[1])) if len(sys.argv) > 1 else {}
    print(
        f"{'problems':>8} {'planscribe':>11} {'docxtpl':>9} {'times':>7} {'bar':>4}"
        + "".join(f"{name:>17} {'times':>6}" for name in peers)
    )
    for size in SIZES:
        context = plan(size)
        ours(data, context)
        mine, theirs = [], []
        for _ in range(7):
            mine.append(cpu(partial(ours, data, context), max(2, 100 // size)))
            theirs.append(cpu(partial(docxtpl, data, context), max(1, 6 // size)))
        a, b = statistics.median(mine), statistics.median(theirs)
        rest = "".join(f"{figures[size]:>17.2f} {figures[size] / a:>6.1f}" for figures in peers.values())
        print(f"{size:>8} {a:>11.3f} {b:>9.2f} {b / a:>7.1f} {BARS[size]:>4}{rest}")
        if size == 10:
            rate = 1000 / a
    print(
        f"documents of 10 problems in one CPU second: {rate:.0f} (bar 300); bytes at 10 problems: {len(ours(data, plan(10)))}"
    )


if __name__ == "__main__":
    main()
