<?php
// A call with PHP's SoapClient. Where the address ends in wsdl it is read first, otherwise the call is made without.
// usage: soap.php ADDRESS NAMESPACE OPERATION ARGUMENTS, the last as JSON; prints the result as JSON
// An object in the JSON becomes an object of PHP or, written {"array": …}, an associative array.

[, $address, $namespace, $operation, $arguments] = $argv;

function php($value) {
    return is_object($value) && isset($value->array) ? (array) $value->array : $value;
}

$options = ['cache_wsdl' => WSDL_CACHE_NONE, 'keep_alive' => false];
$client = preg_match('/wsdl$/i', $address)
    ? new SoapClient($address, $options)
    : new SoapClient(null, $options + ['location' => $address, 'uri' => $namespace]);

try {
    $result = $client->__soapCall($operation, array_map('php', json_decode($arguments)));
} catch (SoapFault $fault) {
    $result = ['fault' => ['code' => $fault->faultcode, 'text' => $fault->faultstring]];
}
echo json_encode($result), "\n";
