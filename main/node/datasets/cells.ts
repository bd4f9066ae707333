/** How the text of a cell is understood: numbers, times, what counts as missing. */

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const infinityWord = /^[+-]?inf(inity)?$/i;
const missingWords = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '\\n', '#n/a']);

/** Whether text stands for a missing number. */
export function isMissing(text: string): boolean {
  return text === '' || (text.length <= 6 && missingWords.has(text.trim().toLowerCase()));
}

/** The number that text writes; NaN where it is none, an infinity where it is too large. */
export function parseNumber(text: string): number {
  const short = shortInteger(text);
  if (short !== -1) return short;
  const trimmed = text.trim();
  if (plainNumber.test(trimmed)) return Number(trimmed);
  if (infinityWord.test(trimmed)) return trimmed.startsWith('-') ? -Infinity : Infinity;
  return NaN;
}

/** The number that one to fifteen digits write; -1 for any other text. Most cells are such, and this is quick. */
function shortInteger(text: string): number {
  const { length } = text;
  if (length === 0 || length > 15) return -1;
  let value = 0;
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Whether turning text into a number and back may lose something: leading zeros, more digits than a number holds. */
export function isCodeLike(text: string): boolean {
  const first = text.charCodeAt(0);
  if (text.length < 16 && first > 48 && first <= 57) return false;
  const trimmed = text.trim();
  return /^[+-]?0\d/.test(trimmed) || (/^[+-]?\d{16,}$/.test(trimmed) && !Number.isSafeInteger(Number(trimmed)));
}

const date =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})([.,]\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const dayMonthYear = /^(\d{1,2})[- ]([A-Za-z]{3})[A-Za-z]*[- ](\d{4})$/;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Unix seconds of a time: a number of seconds, milliseconds, microseconds or nanoseconds (told apart by size), an ISO
 * date or date and time (UTC where no zone is given), or day-month-year with the month as a word. NaN where it is none.
 */
export function parseTime(cell: string | number): number {
  if (typeof cell === 'number') return secondsOf(cell);
  const text = cell.trim();
  const number = parseNumber(text);
  if (Number.isFinite(number)) return secondsOf(number);
  const found = date.exec(text);
  if (found !== null) {
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = ''] = found;
    if (Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return NaN;
    const whole = dayStart(Number(year), Number(month), Number(day));
    const within =
      Number(hour) * 3600 +
      Number(minute) * 60 +
      Number(second) +
      (fraction === '' ? 0 : Number(`0.${fraction.slice(1)}`));
    return whole + within - zoneSeconds(zone);
  }
  const words = dayMonthYear.exec(text);
  if (words === null) return NaN;
  return dayStart(Number(words[3]), months.indexOf(words[2].toLowerCase()) + 1, Number(words[1]));
}

function secondsOf(value: number): number {
  const size = Math.abs(value);
  if (size < 1e11) return value;
  if (size < 1e14) return value / 1e3;
  if (size < 1e17) return value / 1e6;
  return size < 1e20 ? value / 1e9 : NaN;
}

function dayStart(year: number, month: number, day: number): number {
  const millis = Date.UTC(year, month - 1, day);
  const back = new Date(millis);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? millis / 1000 : NaN;
}

function zoneSeconds(zone: string): number {
  if (!/^[+-]/.test(zone)) return 0;
  const digits = zone.slice(1).replace(':', '');
  return (zone.startsWith('-') ? -1 : 1) * (Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60);
}

/** At most 60 characters of a cell, for messages. */
export function excerpt(cell: string | number | null): string {
  if (cell === null) return 'nothing';
  const text = JSON.stringify(String(cell));
  return text.length > 60 ? `${text.slice(0, 56)}…"` : text;
}
