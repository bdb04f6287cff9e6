export type AnnotationLevel = 'error' | 'warning' | 'notice';

/** What GitHub shows beside a line of a pull request, or under the job where no place is said. */
export interface Annotation {
  readonly level: AnnotationLevel;
  readonly title: string;
  readonly message: string;
  /** `file` from the repository's root; lines from 1, both included. */
  readonly place: { readonly file: string; readonly line: number; readonly endLine: number } | null;
}

/** An annotation as a line on stdout that GitHub's runner obeys: `::error file=Dockerfile,line=3,endLine=4,title=…::message`. */
export function workflowCommand({ level, title, message, place }: Annotation): string {
  const where = place === null ? {} : { file: place.file, line: String(place.line), endLine: String(place.endLine) };
  const properties = Object.entries({ ...where, title }).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${level} ${properties.join(',')}::${escapeData(message)}\n`;
}

/** As GitHub's own toolkit does it: actions/toolkit, packages/core/src/command.ts. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
