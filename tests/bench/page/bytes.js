// Where the text comes from: an address, or the page's own memory. Both give pieces of some hundred kilobytes.
const PIECE = 1 << 18;

/** `seen.bytes` counts along. */
export async function* bytesOf(url, seen) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const reader = answer.body.getReader();
  for (let piece; !(piece = await reader.read()).done; ) {
    seen.bytes += piece.value.length;
    yield piece.value;
  }
}

export async function* piecesOf(text) {
  for (let at = 0; at < text.length; at += PIECE) yield text.subarray(at, at + PIECE);
}
