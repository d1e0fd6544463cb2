<?php
// An XML-RPC call over a plain socket in HTTP/1.0, as PHP clients of old make it: every argument a string or an
// array of strings, the answer read until the connection ends, and worth nothing without a 200 in its first line.
// usage: xmlrpc_over_a_socket.php ADDRESS METHOD ARGUMENTS, the last as JSON; prints the result as JSON

[, $address, $method, $arguments] = $argv;

function fail(string $complaint): never {
    fwrite(STDERR, "$complaint\n");
    exit(1);
}

function written($value): string {
    if (is_array($value)) {
        return '<value><array><data>' . implode('', array_map('written', $value)) . '</data></array></value>';
    }
    return '<value><string>' . htmlspecialchars($value, ENT_XML1) . '</string></value>';
}

function read(SimpleXMLElement $value) {
    $typed = $value->children()[0] ?? null;
    if ($typed === null) {
        return (string) $value;
    }
    switch ($typed->getName()) {
        case 'array':
            return array_map('read', iterator_to_array($typed->data->value, false));
        case 'struct':
            $struct = [];
            foreach ($typed->member as $member) {
                $struct[(string) $member->name] = read($member->value);
            }
            return $struct;
        case 'boolean':
            return (string) $typed === '1';
        case 'int':
        case 'i4':
            return (int) $typed;
        case 'double':
            return (float) $typed;
        default:
            return (string) $typed;
    }
}

$params = '';
foreach (json_decode($arguments, true) as $argument) {
    $params .= '<param>' . written($argument) . '</param>';
}
$body = "<?xml version=\"1.0\"?>\n<methodCall><methodName>$method</methodName><params>$params</params></methodCall>";

$url = parse_url($address);
$socket = fsockopen($url['host'], $url['port'] ?? 80, $number, $error, 15) or fail("no connection: $error");
fwrite($socket, "POST {$url['path']} HTTP/1.0\r\nHost: {$url['host']}\r\nContent-Type: text/xml\r\n"
    . "User-Agent: sample\r\nContent-length: " . strlen($body) . "\r\n\r\n$body");
$first = fgets($socket);
if (strpos($first, '200') === false) {
    fail("transport error: $first");
}
[$headers, $xml] = explode("\r\n\r\n", stream_get_contents($socket), 2);
if (stripos($headers, 'chunked') !== false) {
    fail('chunks, which HTTP/1.0 does not know');
}

$answer = simplexml_load_string($xml) or fail("no XML: $xml");
$result = isset($answer->fault) ? ['fault' => read($answer->fault->value)] : read($answer->params->param->value);
echo json_encode($result), "\n";
