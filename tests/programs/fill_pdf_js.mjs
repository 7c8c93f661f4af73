// Fill in a PDF form with pdf.js, as Firefox does: node fill_pdf_js.mjs SOURCE ANSWERS.json TARGET
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

const [source, answers, target] = process.argv.slice(2);
const home = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
const loading = getDocument({
  data: new Uint8Array(readFileSync(source)),
  standardFontDataUrl: join(home, "standard_fonts") + "/",
  verbosity: 0,
});
const pdf = await loading.promise;
const fields = await pdf.getFieldObjects();
for (const [name, value] of Object.entries(JSON.parse(readFileSync(answers, "utf8")))) {
  for (const field of fields[name].filter((found) => found.type !== "")) {
    pdf.annotationStorage.setValue(field.id, { value: typed(field, value) });
  }
}
writeFileSync(target, await pdf.saveDocument());
await loading.destroy();

function typed(field, value) {
  if (field.type === "radiobutton") return field.exportValues === String(value);
  return field.type === "checkbox" ? Boolean(value) : String(value);
}
