// Draws a terminal's output as SVG: FORCE_COLOR=1 deployclock report RUN --scorecard | node docs/images/terminal-picture.mjs > picture.svg
import { text } from 'node:stream/consumers';

const size = { character: 8.4, line: 19, margin: 20 };
const inks = { 31: '#ff8d85', 32: '#7ee2a8', 33: '#f2cc60', 36: '#79c0ff' };
/** Select Graphic Rendition, ECMA-48: escape, bracket, numbers, m. */
const control = `${String.fromCharCode(27)}\\[[\\d;]*m`;
const escaped = (plain) => plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const lines = (await text(process.stdin)).trimEnd().split('\n');
const style = { ink: '#d6deeb', bold: false, dim: false };

/** A line as pieces of one style each; styles go on over pieces and lines. */
function draw(line, row) {
  let column = 0;
  const pieces = line.split(new RegExp(`(${control})`)).map((piece) => {
    const codes = new RegExp(`^${control}$`).test(piece) ? piece.slice(2, -1) : undefined;
    if (codes !== undefined) {
      for (const code of codes.split(';').map(Number)) apply(code);
      return '';
    }
    const x = size.margin + column * size.character;
    column += [...piece].length;
    if (piece.trim() === '') return '';
    const weight = style.bold ? ' font-weight="bold"' : '';
    const pale = style.dim ? ' opacity="0.65"' : '';
    const length = [...piece].length * size.character;
    return `<tspan x="${x.toFixed(1)}" textLength="${length.toFixed(1)}" fill="${style.ink}"${weight}${pale}>${escaped(piece)}</tspan>`;
  });
  return `<text y="${size.margin + (row + 1) * size.line - 5}" xml:space="preserve">${pieces.join('')}</text>`;
}

function apply(code) {
  if (code === 0) Object.assign(style, { ink: '#d6deeb', bold: false, dim: false });
  else if (code === 1) style.bold = true;
  else if (code === 2) style.dim = true;
  else if (code === 22) Object.assign(style, { bold: false, dim: false });
  else style.ink = inks[code] ?? '#d6deeb';
}

const plain = lines.map((line) => line.replace(new RegExp(control, 'g'), ''));
const width = Math.ceil(2 * size.margin + Math.max(...plain.map((line) => [...line].length)) * size.character);
const height = 2 * size.margin + lines.length * size.line;
process.stdout.write(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">` +
    `<title>${escaped(plain[0] ?? '')}</title><rect width="100%" height="100%" rx="8" fill="#0f172a"/>${lines.map(draw).join('')}</svg>\n`,
);
