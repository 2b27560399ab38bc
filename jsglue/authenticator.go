package jsglue

import (
	"crypto/subtle"
	"net/netip"
	"strings"
	"sync"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// An Authenticator is the object behind a script's Authenticator: it decides which peers may
// connect to the sockets of a context.
type Authenticator struct {
	zap *libzmq.ZAP

	mutex     sync.Mutex // guards the following fields
	allowed   []network
	denied    []network
	passwords map[user]string
	users     map[user]string // their ids, by public key
}

// A user of a domain (ZAP_DOMAIN): of PLAIN by name, of CURVE by public key.
type user struct{ domain, name string }

const everyDomain = "*"

var authenticatorClass = &Class{
	Name: "Authenticator",
	Constructor: &Function{
		Name:       "Authenticator",
		Parameters: []Parameter{{Name: "context", Class: contextClass}},
		Returns:    "Authenticator",
		Summary:    "Starts to decide which peers may connect to the context's sockets (ZeroMQ RFC 27); a context has one Authenticator at a time.",
		run:        newAuthenticator,
	},
}

func newAuthenticator(c *Call) (Data, error) {
	made := &Authenticator{passwords: map[user]string{}, users: map[user]string{}}
	zap, err := c.Arguments[0].Object.(*Context).zmq.ServeZAP(made.decide)
	if err != nil {
		err = explain(err, int(libzmq.EADDRINUSE), "Authenticator: the context has one, or a socket at inproc://zeromq.zap.01")
		return Data{}, whereEnded(err, "Authenticator")
	}
	made.zap = zap
	return Data{Kind: Instance, Object: made}, nil
}

// Class is Authenticator.
func (a *Authenticator) Class() *Class { return authenticatorClass }

// Pointer is nil: Go does all of it.
func (a *Authenticator) Pointer() unsafe.Pointer { return nil }

// Finalize reports that the engine has dropped the instance. Any goroutine.
func (a *Authenticator) Finalize() { a.zap.Close() }

var domainParameter = Parameter{Name: "domain", Type: Text, Optional: true}

var authenticatorMethods = []*Function{
	{
		Name:       "allow",
		Parameters: []Parameter{{Name: "address", Type: Text}},
		Returns:    "0",
		Summary:    "Allows peers with an IP address, or in a network (10.0.0.0/8), and refuses all peers that are not allowed.",
		run: onAuthenticator(func(a *Authenticator, c *Call) error {
			return c.appendNetwork(&a.allowed)
		}),
	},
	{
		Name:       "deny",
		Parameters: []Parameter{{Name: "address", Type: Text}},
		Returns:    "0",
		Summary:    "Refuses peers with an IP address, or in a network, also if they are allowed.",
		run: onAuthenticator(func(a *Authenticator, c *Call) error {
			return c.appendNetwork(&a.denied)
		}),
	},
	{
		Name:       "add_plain",
		Parameters: []Parameter{{Name: "username", Type: Text}, {Name: "password", Type: Text}, domainParameter},
		Returns:    "0",
		Summary:    "Accepts a user with a password by PLAIN, in one domain (ZAP_DOMAIN) or in all; the name is the user id.",
		run: onAuthenticator(func(a *Authenticator, c *Call) error {
			a.passwords[c.user(2)] = strings.Clone(c.Arguments[1].Text)
			return nil
		}),
	},
	{
		Name:       "add_curve",
		Parameters: []Parameter{{Name: "public_key", Type: Text}, {Name: "user_id", Type: Text, Optional: true}, domainParameter},
		Returns:    "0",
		Summary:    "Accepts a public key by CURVE, in one domain (ZAP_DOMAIN) or in all; the user id is the key if it is absent.",
		run: onAuthenticator(func(a *Authenticator, c *Call) error {
			if err := c.checkKey(0); err != nil {
				return err
			}
			id := c.Arguments[1].Text
			if c.Arguments[1].Kind == Undefined {
				id = c.Arguments[0].Text
			}
			a.users[c.user(2)] = strings.Clone(id)
			return nil
		}),
	},
	{
		Name:    "close",
		Returns: "0",
		Summary: "Ends it: afterwards PLAIN refuses every peer, and NULL and CURVE accept every peer.",
		run: func(c *Call) (Data, error) {
			c.This.(*Authenticator).zap.Close()
			return success, nil
		},
	},
	{
		Name:    "@@dispose",
		Returns: "void",
		Summary: "The same as close().",
		run: func(c *Call) (Data, error) {
			c.This.(*Authenticator).zap.Close()
			return Data{}, nil
		},
	},
}

func onAuthenticator(method func(*Authenticator, *Call) error) func(*Call) (Data, error) {
	return func(c *Call) (Data, error) {
		a := c.This.(*Authenticator)
		a.mutex.Lock()
		defer a.mutex.Unlock()
		return success, method(a, c)
	}
}

// appendNetwork appends the first argument to a list of networks.
func (c *Call) appendNetwork(list *[]network) error {
	parsed, err := parseNetwork(c.Arguments[0].Text)
	if err != nil {
		return c.function.rangeErrorf("address %v", err)
	}
	*list = append(*list, parsed)
	return nil
}

// user is that of the first argument, in the domain that another one says, or in every one.
func (c *Call) user(domain int) user {
	if c.Arguments[domain].Kind == Undefined {
		return user{everyDomain, strings.Clone(c.Arguments[0].Text)}
	}
	return user{strings.Clone(c.Arguments[domain].Text), strings.Clone(c.Arguments[0].Text)}
}

// decide runs on a goroutine of the ZAP's.
func (a *Authenticator) decide(peer libzmq.Authentication) (userID string, allowed bool) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if !a.admits(peer.Address) {
		return "", false
	}
	switch {
	case peer.Mechanism == "NULL":
		return "", true
	case peer.Mechanism == "PLAIN" && len(peer.Credentials) == 2:
		name := peer.Credentials[0]
		password, known := find(a.passwords, peer.Domain, name)
		right := subtle.ConstantTimeCompare([]byte(password), []byte(peer.Credentials[1])) == 1
		return name, known && right
	case peer.Mechanism == "CURVE" && len(peer.Credentials) == 1 && len(peer.Credentials[0]) == keyBytes:
		return find(a.users, peer.Domain, libzmq.Z85Encode([]byte(peer.Credentials[0])))
	}
	return "", false
}

// admits reports whether an address may connect. One that is none of IP, a peer's over ipc,
// may unless only some may.
func (a *Authenticator) admits(text string) bool {
	address, err := netip.ParseAddr(text)
	if err != nil {
		return len(a.allowed) == 0
	}
	return !contain(a.denied, address) && (len(a.allowed) == 0 || contain(a.allowed, address))
}

func find(of map[user]string, domain, name string) (value string, ok bool) {
	if value, ok = of[user{domain, name}]; !ok {
		value, ok = of[user{everyDomain, name}]
	}
	return value, ok
}
