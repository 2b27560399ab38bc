package jsglue

var proxyFunction = &Function{
	Name: "proxy",
	Parameters: []Parameter{
		{Name: "frontend", Class: socketClass},
		{Name: "backend", Class: socketClass},
		{Name: "capture", Class: socketClass, Optional: true},
		{Name: "control", Class: socketClass, Optional: true},
		{Name: "flags", Type: Integer, Optional: true},
	},
	Returns: "0 | undefined",
	Summary: "Forwards messages between two sockets, in both directions, until control receives TERMINATE (zmq_proxy_steerable); capture receives a copy of each.",
	refuse: func(c *Call) error {
		return c.function.typeErrorf("control must be null with DONTWAIT: the caller is the one who steers")
	},
}
