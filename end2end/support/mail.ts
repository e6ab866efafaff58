// Letters of the site under test: it writes each into a folder, as a job sends them.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "./journey";

/** Where letters are written. */
export const folder = process.env.SOUNDINGS_E2E_MAIL ?? "";

/** A letter as it was sent, with quoted-printable undone. */
function read(name: string): string {
  return readFileSync(join(folder, name), "utf8")
    .replaceAll(/=\r?\n/g, "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function letters(to: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".eml"))
    .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }))
    .sort((one, two) => one.at - two.at)
    .map(({ name }) => read(name))
    .filter((text) => text.includes(to));
}

/** The path of the link to this part of the site in the last letter to somebody; waits for so many. */
export async function linkTo(part: RegExp, to: string, most = 1): Promise<string> {
  const found = () => letters(to).flatMap((text) => text.match(/https?:\/\/\S+/g) ?? []).map((url) => new URL(url)).filter((url) => part.test(url.pathname));
  await expect.poll(() => found().length, { timeout: 30_000, message: `letters to ${to}` }).toBeGreaterThanOrEqual(most);
  const url = found().at(-1);
  return url ? url.pathname + url.search : "";
}
