#!/usr/bin/perl
# send_message with the destination and the message as base64 of UTF-8, and a look at what came of it.
# usage: base64_arguments.pl ADDRESS PASSWORD DESTINATION MESSAGE
use strict;
use warnings;
use RPC::XML qw(smart_encode);
use RPC::XML::Client;

my ($address, $password, $destination, $message) = @ARGV;    # octets, as the shell has them
my $client = RPC::XML::Client->new($address);
my $answer = $client->send_request(
    'send_message',
    smart_encode('demo'), smart_encode($password),
    RPC::XML::base64->new($destination), RPC::XML::base64->new($message),
);

die "no answer: $answer\n" unless ref $answer;
die 'fault ' . $answer->code . ': ' . $answer->string . "\n" if $answer->is_fault;
my ($number, $accepted, $told) = @{ $answer->value->[0] };
die "not sent to $number: error $told\n" unless $accepted;
print "$told\n";
