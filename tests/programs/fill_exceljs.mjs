// Fill in an Excel form with ExcelJS: node fill_exceljs.mjs SOURCE ANSWERS.json TARGET
import { readFileSync } from "node:fs";
import ExcelJS from "exceljs";

const [source, answers, target] = process.argv.slice(2);
const book = new ExcelJS.Workbook();
await book.xlsx.readFile(source);
for (const [name, value] of Object.entries(JSON.parse(readFileSync(answers, "utf8")))) {
  const [place] = book.definedNames.getRanges(name).ranges;
  const [, sheet, address] = place.match(/^'?(.*?)'?!([$A-Z\d]+)/);
  book.getWorksheet(sheet).getCell(address.replaceAll("$", "")).value =
    value?.date ? new Date(`${value.date}T00:00:00Z`) : value;
}
await book.xlsx.writeFile(target);
