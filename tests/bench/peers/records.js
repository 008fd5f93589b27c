// What every peer but ours does first: text to lines, lines through JSON.parse, an event's wanted fields out of it.
// The same fields for all, those that Lifeline's columns hold too.

/** Fields whose texts repeat. */
export const TEXTS = [
  "action", "outcome", "severity", "reason", "credential", "initiator", "initiatorId", "target", "targetId", "region",
  "account", "address", "agent", "correlation",
];

/** Those that a search for a part of a text looks into. */
export const SEARCHED = ["action", "initiator", "target", "address", "agent"];

/** The events of each piece of text, as records of texts with a time in milliseconds. */
export async function* recordsOf(pieces) {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for await (const piece of pieces) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop();
    yield lines.map(record);
  }
  if (rest.trim()) yield [record(rest)];
}

function record(line) {
  const event = JSON.parse(line);
  const place = event.logSourceCRN.split(":");
  return {
    id: event.id,
    time: Date.parse(event.eventTime),
    action: event.action,
    outcome: event.outcome,
    severity: event.severity,
    reason: String(event.reason.reasonCode),
    credential: event.initiator.credential.type,
    initiator: event.initiator.name,
    initiatorId: event.initiator.id,
    target: event.target.name,
    targetId: event.target.id,
    region: place[5],
    account: place[6],
    address: event.initiator.host.address,
    agent: event.initiator.host.agent,
    correlation: event.correlationId,
  };
}
