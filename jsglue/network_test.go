package jsglue

import (
	"net/netip"
	"strings"
	"testing"
)

func TestNetworksContainAddressesHoweverTheyAreWritten(t *testing.T) {
	for _, test := range []struct {
		network string
		in, out string // addresses, with spaces between them
	}{
		{"127.0.0.1", "127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 0:0:0:0:0:ffff:127.0.0.1", "127.0.0.2 ::1 ::127.0.0.1"},
		{"::ffff:127.0.0.1", "127.0.0.1 ::FFFF:127.0.0.1", "127.0.0.2 ::1"},
		{"0:0:0:0:0:FFFF:7F00:0001", "127.0.0.1", "127.0.0.2"},
		{"::ffff:127.0.0.1%lo", "127.0.0.1 ::ffff:127.0.0.1", "127.0.0.2"},
		{"10.1.2.3/8", "10.0.0.0 10.255.255.255 ::ffff:10.9.9.9", "11.0.0.0 9.255.255.255"},
		{"10.1.2.3/32", "10.1.2.3", "10.1.2.2"},
		{"10.1.2.3/0", "1.2.3.4 ::ffff:1.2.3.4", "::1"},
		{"::ffff:10.1.2.3/104", "10.0.0.0 ::ffff:10.9.9.9", "11.0.0.0"},
		{"::ffff:10.1.2.3/128", "10.1.2.3", "10.1.2.4"},
		{"::ffff:0:0/96", "1.2.3.4", "::1"},
		{"::/0", "::1 fe80::1%lo ::127.0.0.1", "1.2.3.4 ::ffff:1.2.3.4"},
		{"::/95", "::1", "2001:db8::1 1.2.3.4"},
		{"2001:db8::1", "2001:db8::1 2001:0DB8:0:0:0:0:0:1", "2001:db8::2"},
		{"2001:DB8::ff:1/64", "2001:db8::1", "2001:db8:0:1::1"},
		{"::1%lo", "::1", "::2"},
		{"fe80::1", "fe80::1 fe80::1%lo fe80::1%other", "fe80::2%lo"},
		{"fe80::1%lo", "fe80::1%lo fe80::1%1", "fe80::1%other fe80::1%2 fe80::2%lo"},
		{"fe80::1%1", "fe80::1%lo", "fe80::1%other"},
		{"fe80::1%lo/10", "fe80::2%lo", "fe80::2%other fec0::1%lo"},
		{"fe80::1%no-such-device", "fe80::1%no-such-device", "fe80::1%lo"},
	} {
		parsed, err := parseNetwork(test.network)
		if err != nil {
			t.Errorf("%s: %v", test.network, err)
			continue
		}
		for _, address := range strings.Fields(test.in) {
			if !parsed.contains(netip.MustParseAddr(address)) {
				t.Errorf("%s lacks %s", test.network, address)
			}
		}
		for _, address := range strings.Fields(test.out) {
			if parsed.contains(netip.MustParseAddr(address)) {
				t.Errorf("%s contains %s", test.network, address)
			}
		}
	}
}

func TestNoNetworks(t *testing.T) {
	for _, text := range []string{
		"", "/", "/8", "localhost", "127.1", "127.0.0.01", "0x7f.0.0.1", "2130706433", "127.0.0.1:80", "[::1]", " 127.0.0.1",
		"127.0.0.1\x00", "127.0.0.1/", "127.0.0.1/33", "127.0.0.1/-1", "127.0.0.1/+8", "127.0.0.1/08", "127.0.0.1/8/8",
		"127.0.0.1/255.0.0.0", "::1/129", "::1%", "fe80::1/10%lo", "::ffff:10.0.0.1/95", "::ffff:10.0.0.1/8",
		"10.0.0.0/99999999999999999999",
	} {
		if parsed, err := parseNetwork(text); err == nil {
			t.Errorf("%q is %v", text, parsed)
		}
	}
}
