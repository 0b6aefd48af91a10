"""What a worker may be asked to do: names, and where each function lives. Nothing else can be called."""

TASKS = {
    "embedded-map": "generator.blanks.tasks:embedded_map",
    "logo": "generator.stationery.logo:ready_logo",
    "inspect": "generator.blanks.tasks:inspect",
    "fill-word-tags": "generator.blanks.tasks:fill_word_tags",
    "fill-word-form": "generator.blanks.tasks:fill_word_form",
    "template-names": "generator.blanks.tasks:template_names",
    "fill-pdf": "generator.make_pdf:fill_pdf_task",
    "page-pictures": "generator.worker.pictures:draw_pages",
    "adopt-pdf": "generator.blanks.pdf_adopt:adopt",
    "find-flat-fields": "generator.blanks.pdf_flat:find_flat_fields",
    "flatten": "generator.blanks.tasks:flatten",
    "stamp": "generator.stamp:stamp",
    "prove-pdf": "generator.proof.pdf:prove_pdf",
    "prove-pdf-text": "generator.proof.pdf:prove_text",
    "prove-word": "generator.proof.word:prove_word",
    "finish-pdf": "generator.worker.finish:finish_pdf",
    "count-pages": "generator.worker.finish:count_pages",
    "without-active-parts": "generator.worker.converted:without_active_parts",
    "without-links": "generator.worker.finish:without_links",
}
