/** What a parser of delimited text hands on. */
export interface RecordSink {
  /** A record: line where it begins, its fields. The array may be kept. */
  record(line: number, fields: string[]): void;
  /** A record that could not be understood: reading goes on at the next line. */
  broken(line: number, reason: string, text: string): void;
}

export interface Dialect {
  /** One or more characters between fields. */
  readonly delimiter: string;
  /** Whether double quotes enclose fields. */
  readonly quotes: boolean;
}

const quote = 34;
const newline = 10;
const carriageReturn = 13;
/** A record longer than this is taken for one whose closing quote is missing. */
const longestRecord = 1 << 23;

const incomplete = -1;

/**
 * Splits delimited text (RFC 4180 and its relatives) into records. Line ends may be LF, CRLF or CR, mixed. Quoted fields
 * may hold line ends, delimiters and doubled quotes. Text is fed in pieces; memory is bounded by the longest record.
 */
export class DelimitedParser {
  private rest = '';
  private line = 1;
  /** Line breaks within the record being read. */
  private inside = 0;
  private fields: string[] = [];
  private fault = '';
  private readonly sink: RecordSink;
  private readonly delimiter: string;
  private readonly first: number;
  private readonly quotes: boolean;

  constructor(dialect: Dialect, sink: RecordSink) {
    this.sink = sink;
    this.delimiter = dialect.delimiter;
    this.first = dialect.delimiter.charCodeAt(0);
    this.quotes = dialect.quotes;
  }

  push(piece: string, last: boolean): void {
    const text = this.rest === '' ? piece : this.rest + piece;
    let position = 0;
    while (position < text.length) {
      const start = position;
      this.fields = [];
      this.inside = 0;
      this.fault = '';
      const end = this.readRecord(text, start, last);
      if (end === incomplete && !last && text.length - start <= longestRecord) break;
      if (end === incomplete || this.fault !== '') {
        const reason = this.fault === '' ? 'a quote is opened and never closed' : this.fault;
        const lineEnd = this.lineEnd(text, start);
        this.sink.broken(this.line, reason, text.slice(start, lineEnd));
        position = this.afterLineEnd(text, lineEnd);
        this.line++;
        continue;
      }
      const blank =
        this.fields.length === 1 && this.fields[0] === '' && this.inside === 0 && text.charCodeAt(start) !== quote;
      if (!blank) this.sink.record(this.line, this.fields);
      this.line += 1 + this.inside;
      position = end;
    }
    this.rest = text.slice(position);
  }

  /** Reads the record at `at`; returns where the next begins, or -1 where the text ends before the record does. */
  private readRecord(text: string, at: number, last: boolean): number {
    const length = text.length;
    let position = at;
    for (;;) {
      if (this.quotes && position < length && text.charCodeAt(position) === quote) {
        position = this.readQuoted(text, position + 1, last);
        if (position === incomplete || this.fault !== '') return position;
      } else {
        const start = position;
        let code = 0;
        while (position < length) {
          code = text.charCodeAt(position);
          if (code === newline || code === carriageReturn || (code === this.first && this.atDelimiter(text, position)))
            break;
          position++;
        }
        if (position >= length && !last) return incomplete;
        this.fields.push(text.slice(start, position));
      }
      if (position >= length) return position;
      const code = text.charCodeAt(position);
      if (code === newline) return position + 1;
      if (code === carriageReturn) {
        if (position + 1 >= length && !last) return incomplete; // the LF of a CRLF may be still to come
        return text.charCodeAt(position + 1) === newline ? position + 2 : position + 1;
      }
      position += this.delimiter.length;
      if (position >= length) {
        if (!last) return incomplete;
        this.fields.push('');
        return position;
      }
    }
  }

  /** Reads a quoted field whose text begins at `at`; returns where its delimiter or line end is. */
  private readQuoted(text: string, at: number, last: boolean): number {
    let start = at;
    let content = '';
    for (;;) {
      const close = text.indexOf('"', start);
      if (close === -1) return incomplete;
      if (close + 1 >= text.length && !last) return incomplete;
      if (text.charCodeAt(close + 1) === quote) {
        content += text.slice(start, close + 1);
        start = close + 2;
        continue;
      }
      content += text.slice(start, close);
      this.fields.push(content);
      this.inside += lineBreaks(content);
      const next = close + 1;
      if (next >= text.length) return next;
      const code = text.charCodeAt(next);
      if (code !== newline && code !== carriageReturn && !(code === this.first && this.atDelimiter(text, next))) {
        this.fault = 'text follows a closing quote';
      }
      return next;
    }
  }

  private atDelimiter(text: string, at: number): boolean {
    return this.delimiter.length === 1 || text.startsWith(this.delimiter, at);
  }

  private lineEnd(text: string, from: number): number {
    let position = from;
    while (position < text.length) {
      const code = text.charCodeAt(position);
      if (code === newline || code === carriageReturn) return position;
      position++;
    }
    return position;
  }

  private afterLineEnd(text: string, at: number): number {
    if (at >= text.length) return at;
    return text.charCodeAt(at) === carriageReturn && text.charCodeAt(at + 1) === newline ? at + 2 : at + 1;
  }
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === newline || (code === carriageReturn && text.charCodeAt(i + 1) !== newline)) count++;
  }
  return count;
}
