// Reads reports as their own libraries do: formats.js ctrf.json badge.json -> what they make of them, as JSON.
const fs = require('fs');
const { parse, validate } = require('ctrf');
const { makeBadge } = require('badge-maker');

const [report, badge] = process.argv.slice(2).map(path => fs.readFileSync(path, 'utf8'));
const { label, message, color } = JSON.parse(badge);
const found = validate(JSON.parse(report));
const summary = parse(report).results.summary;
console.log(JSON.stringify({ valid: found.valid, errors: found.errors ?? [], summary, drawn: makeBadge({ label, message, color }) }));
