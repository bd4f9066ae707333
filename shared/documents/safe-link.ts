/** Only to the web and to mail; nothing that runs or opens a program. */
export function isSafeLink(to: string): boolean {
  return /^(https?:\/\/|mailto:)[^\s<>"'`\\]+$/i.test(to);
}
