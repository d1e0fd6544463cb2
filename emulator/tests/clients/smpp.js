// A session of the npm module smpp: a command a line, `[name, argument]`, and an answer a line, both in JSON.
// Usage: smpp.js HOST:PORT [ca.pem]; with the certificate of an authority over TLS.

const fs = require("fs");
const readline = require("readline");
const smpp = require("smpp");

const [address, authority] = process.argv.slice(2);
const session = smpp.connect(
  authority
    ? { url: `ssmpp://${address}`, ca: fs.readFileSync(authority) }
    : { url: `smpp://${address}` },
);
const heard = [];
let waiting = () => {};

session.on("error", (error) => say({ error: error.message }));
session.on("deliver_sm", (pdu) => {
  session.send(pdu.response());
  heard.push({
    kind: pdu.esm_class,
    sender: pdu.source_addr,
    text: pdu.short_message.message || pdu.message_payload?.message || "",
    id: pdu.receipted_message_id ?? null,
    state: pdu.message_state ?? null,
  });
  waiting();
});

const commands = {
  bind: (login) => session.bind_transceiver(login, answer),
  submit: (fields) => session.submit_sm(message(fields), answer),
  query: (fields) => session.query_sm(fields, answer),
  unbind: () => session.unbind(answer),
  heard: (count) => {
    waiting = () => heard.length >= count && say(heard.splice(0, count));
    waiting();
  },
};

// `of` pieces are told apart by a header in front of each.
function message({ piece, of, text, ...fields }) {
  const udh = of > 1 ? Buffer.from([5, 0, 3, 7, of, piece]) : undefined;
  return { ...fields, short_message: udh ? { udh, message: text } : text };
}

function answer({ command_status, message_id, message_state }) {
  say({ status: command_status, id: message_id ?? null, state: message_state ?? null });
}

function say(value) {
  waiting = () => {};
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

readline
  .createInterface({ input: process.stdin })
  .on("line", (line) => {
    const [name, argument] = JSON.parse(line);
    commands[name](argument);
  })
  .on("close", () => session.destroy());
