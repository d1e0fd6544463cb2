// What is compared: an SMSC of Node.js that answers submit_sm and delivers a receipt at once, and keeps nothing.
// node smsc.js --port 0 --ready-file F
'use strict';

const fs = require('fs');
const smpp = require('smpp');

const given = (name) => process.argv[process.argv.indexOf(name) + 1];
let count = 0;

function receipt(submit, id) {
  const text = `id:${id} sub:001 dlvrd:001 submit date:2603021100 done date:2603021100 stat:DELIVRD err:000 text:Hello`;
  return {
    esm_class: 4,
    source_addr_ton: submit.dest_addr_ton, source_addr_npi: submit.dest_addr_npi, source_addr: submit.destination_addr,
    dest_addr_ton: submit.source_addr_ton, dest_addr_npi: submit.source_addr_npi, destination_addr: submit.source_addr,
    short_message: text, receipted_message_id: id, message_state: 2,
  };
}

const server = smpp.createServer((session) => {
  session.on('bind_transceiver', (pdu) => session.send(pdu.response({ system_id: 'node' })));
  session.on('submit_sm', (pdu) => {
    const id = String(++count).padStart(10, '0');
    session.send(pdu.response({ message_id: id }));
    session.deliver_sm(receipt(pdu, id));
  });
  session.on('unbind', (pdu) => { session.send(pdu.response()); session.close(); });
  session.on('error', () => session.close());
});

server.listen(Number(given('--port')), '127.0.0.1', () => {
  const told = { http: 'none', smpp: `127.0.0.1:${server.address().port}`, pid: process.pid };
  fs.writeFileSync(given('--ready-file'), JSON.stringify(told));
});
