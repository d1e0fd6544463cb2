// XML-RPC calls with the `xmlrpc` package of npm.
// usage: xmlrpc.js ADDRESS; takes a line [method, arguments] after the other and prints a line with the result, all JSON
const readline = require('readline');
const xmlrpc = require('xmlrpc');

const client = xmlrpc.createClient({ url: process.argv[2] });

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const [method, args] = JSON.parse(line);
  client.methodCall(method, args, (error, value) => {
    if (error && error.faultCode === undefined) {
      throw error;
    }
    const fault = error && { faultCode: error.faultCode, faultString: error.faultString };
    console.log(JSON.stringify(error ? { fault } : value));
  });
});
