#!/usr/bin/perl
# send_message with plain Perl values: RPC::XML decides by their looks what they travel as.
# usage: typed_by_library.pl ADDRESS DESTINATION MESSAGE
use strict;
use warnings;
use RPC::XML::Client;

my ($address, $destination, $message) = @ARGV;
my $client = RPC::XML::Client->new($address);
my $answer = $client->send_request('send_message', 'demo', 'demo', $destination, $message);

die "no answer: $answer\n" unless ref $answer;
die 'fault ' . $answer->code . ': ' . $answer->string . "\n" if $answer->is_fault;
print join("\t", @{ $answer->value->[0] }), "\n";
