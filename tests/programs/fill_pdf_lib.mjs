// Fill in a PDF form with pdf-lib: node fill_pdf_lib.mjs SOURCE ANSWERS.json TARGET
import { readFileSync, writeFileSync } from "node:fs";
import { PDFDocument, PDFCheckBox, PDFRadioGroup } from "pdf-lib";

const [source, answers, target] = process.argv.slice(2);
const document = await PDFDocument.load(readFileSync(source));
const form = document.getForm();
for (const [name, value] of Object.entries(JSON.parse(readFileSync(answers, "utf8")))) {
  const field = form.getField(name);
  if (field instanceof PDFRadioGroup) field.select(String(value));
  else if (field instanceof PDFCheckBox) value ? field.check() : field.uncheck();
  else field.setText(String(value));
}
// Appearances are left to the reader: pdf-lib draws with a font that has Western letters only.
writeFileSync(target, await document.save({ updateFieldAppearances: false }));
