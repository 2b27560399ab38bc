package jsglue

var proxyFunction = &Function{
	Name: "proxy",
	Parameters: []Parameter{
		{Name: "frontend", Class: socketClass},
		{Name: "backend", Class: socketClass},
		{Name: "capture", Class: socketClass, Optional: true},
		{Name: "control", Class: socketClass, Optional: true},
	},
	Returns: "0",
	Summary: "Passes messages on between two sockets, in both directions, until control gets TERMINATE (zmq_proxy_steerable); capture gets a copy of each.",
}
