// Fill in an Excel form with SheetJS: node fill_sheetjs.mjs SOURCE ANSWERS.json TARGET
// The ending of the target says the format: .xlsx, .xls or .ods.
import { readFileSync, writeFileSync } from "node:fs";
import XLSX from "xlsx";

const DAY = 24 * 60 * 60 * 1000;
const [source, answers, target] = process.argv.slice(2);
const book = XLSX.read(readFileSync(source), { cellNF: true });
for (const [name, value] of Object.entries(JSON.parse(readFileSync(answers, "utf8")))) {
  const { Ref } = book.Workbook.Names.find((item) => item.Name === name);
  const [, sheet, address] = Ref.match(/^'?(.*?)'?!([$A-Z\d]+)/);
  book.Sheets[sheet][address.replaceAll("$", "")] = cell(value);
}
writeFileSync(target, XLSX.write(book, { type: "buffer", bookType: target.split(".").pop() }));

function cell(value) {
  if (typeof value === "boolean") return { t: "b", v: value };
  if (typeof value === "number") return { t: "n", v: value };
  if (typeof value === "string") return { t: "s", v: value };
  // To .ods it writes a number with a date's format as a mere number, and a date as a date.
  if (target.endsWith(".ods")) return { t: "d", v: new Date(`${value.date}T00:00:00Z`) };
  const serial = (Date.parse(`${value.date}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / DAY;
  return { t: "n", v: serial, z: "dd-mm-yyyy" };
}
