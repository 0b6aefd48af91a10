"""What a worker may be asked to do: names, and where each function lives. Nothing else can be called."""

TASKS = {
    "inspect": "generator.blanks.tasks:inspect",
    "fill-word-tags": "generator.blanks.tasks:fill_word_tags",
    "template-names": "generator.blanks.tasks:template_names",
    "fill-pdf": "generator.make_pdf:fill_pdf_task",
    "page-pictures": "generator.worker.pictures:draw_pages",
    "flatten": "generator.blanks.tasks:flatten",
    "stamp": "generator.stamp:stamp",
    "find-signature-places": "generator.signing.places:find_places",
    "place-signature": "generator.signing.places:place",
    "prepare-seal": "generator.signing.seal_parts:prepare",
    "verify-seals": "generator.signing.seal_parts:verify",
    "prove-pdf": "generator.proof.pdf:prove_pdf",
    "prove-pdf-text": "generator.proof.pdf:prove_text",
    "prove-word": "generator.proof.word:prove_word",
    "finish-pdf": "generator.worker.finish:finish_pdf",
    "count-pages": "generator.worker.finish:count_pages",
    "without-links": "generator.worker.finish:without_links",
}
