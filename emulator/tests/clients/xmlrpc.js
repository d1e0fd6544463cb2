// An XML-RPC call with the `xmlrpc` package of npm.
// usage: xmlrpc.js ADDRESS METHOD ARGUMENTS, the last as JSON; prints the result as JSON
const xmlrpc = require('xmlrpc');

const [address, method, args] = process.argv.slice(2);
const client = xmlrpc.createClient({ url: address });

client.methodCall(method, JSON.parse(args), (error, value) => {
  if (error && error.faultCode === undefined) {
    throw error;
  }
  const result = error ? { fault: { faultCode: error.faultCode, faultString: error.faultString } } : value;
  console.log(JSON.stringify(result));
});
