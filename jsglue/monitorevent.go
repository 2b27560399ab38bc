package jsglue

var receiveEventMethod = receiveMethod("recv_event", "MonitorEvent",
	"Receives an event of a monitor, on the PAIR socket that is connected to it.", nil)
