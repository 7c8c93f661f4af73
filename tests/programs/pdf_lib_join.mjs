// Put PDF forms into one file with pdf-lib: node pdf_lib_join.mjs TARGET SOURCE…
import { readFileSync, writeFileSync } from "node:fs";
import { PDFDocument } from "pdf-lib";

const [target, ...sources] = process.argv.slice(2);
const joined = await PDFDocument.create();
for (const source of sources) {
  const one = await PDFDocument.load(readFileSync(source));
  for (const page of await joined.copyPages(one, one.getPageIndices())) joined.addPage(page);
}
writeFileSync(target, await joined.save());
