package jsglue

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// A network is a range that a script allows or denies: the addresses that begin with those of a prefix,
// which is one of IPv4 where it can be. A zone, if there is one, is the interface that its
// link-local addresses are behind.
type network struct {
	prefix netip.Prefix
	zone   string
}

// The bits of an IPv6 address before those of the IPv4 address that it maps (::ffff:10.0.0.1).
const mappedBits = 96

// parseNetwork reads an IP address, or a network; bits behind its prefix are ignored. The error
// says what the text must be.
func parseNetwork(text string) (network, error) {
	written, length, isNetwork := strings.Cut(text, "/")
	address, err := netip.ParseAddr(written)
	if err != nil {
		return network{}, fmt.Errorf(`must be an IP address ("10.0.0.1") or a network ("10.0.0.0/8"), not %q`, text)
	}
	bits := address.BitLen()
	if isNetwork {
		most := bits
		if bits, err = strconv.Atoi(length); err != nil || length != strconv.Itoa(bits) || bits < 0 || bits > most {
			return network{}, fmt.Errorf("must have a prefix length from 0 to %d after the slash, not %q", most, text)
		}
	}
	if address.Is4In6() {
		if bits -= mappedBits; bits < 0 {
			return network{}, fmt.Errorf("is an IPv4 address in IPv6, whose prefix length must be 96 to 128, not %q", text)
		}
	}
	return network{netip.PrefixFrom(address.Unmap(), bits).Masked(), zoneName(address.Zone())}, nil
}

// contains reports whether an address of a peer is one of the network's: an IPv4 address, mapped to
// IPv6 or not, can be only in one of IPv4. It has a zone only if it is link-local.
func (n network) contains(address netip.Addr) bool {
	if zone := zoneName(address.Zone()); n.zone != "" && zone != "" && n.zone != zone {
		return false
	}
	return n.prefix.Contains(address.WithZone("").Unmap())
}

func contain(list []network, address netip.Addr) bool {
	for _, network := range list {
		if network.contains(address) {
			return true
		}
	}
	return false
}

// zoneName is the name of the interface that a zone stands for, which may be its number.
func zoneName(zone string) string {
	index, err := strconv.Atoi(zone)
	if err != nil {
		return zone
	}
	if device, err := net.InterfaceByIndex(index); err == nil {
		return device.Name
	}
	return zone
}
