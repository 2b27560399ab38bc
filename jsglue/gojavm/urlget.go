package gojavm

import (
	"bytes"
	"strconv"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/posix"
)

// urlGet is std.urlGet(url, options). It runs the program curl, as qjs does.
func (vm *VM) urlGet(call goja.FunctionCall) goja.Value {
	url := toString(vm, call.Argument(0))
	flag := func(name string) bool {
		v := vm.property(call.Argument(1), name)
		return v != nil && v.ToBoolean()
	}
	binary, full := flag("binary"), flag("full")
	path, err := posix.LookPath("curl", "")
	if err != nil {
		vm.throwType("std.urlGet: the program curl is not in PATH; install it")
	}
	f, err := vm.startPiped("r", path, "curl", "--silent", "--include", "--globoff", "--url", url)
	if err != nil {
		vm.throwType("std.urlGet: could not start curl: " + errorText(err))
	}
	output := f.readString(-1)
	vm.closeFile(f)

	status, headers, body, ok := splitResponse(output)
	response := goja.Null()
	if ok && (full || status >= 200 && status <= 299) {
		if binary {
			response = vm.rt.ToValue(vm.rt.NewArrayBuffer(body))
		} else {
			response = vm.text(body)
		}
	}
	if !full {
		return response
	}
	result := vm.rt.NewObject()
	rethrow(result.Set("response", response))
	if ok {
		rethrow(result.Set("responseHeaders", vm.text(headers)))
		rethrow(result.Set("status", status))
	}
	return result
}

// splitResponse splits an HTTP response. It returns false if the response is incomplete.
func splitResponse(output []byte) (status int, headers, body []byte, ok bool) {
	first, rest, ok := bytes.Cut(output, []byte("\r\n"))
	if !ok {
		return 0, nil, nil, false
	}
	if _, code, found := bytes.Cut(first, []byte(" ")); found {
		code, _, _ = bytes.Cut(code, []byte(" "))
		status, _ = strconv.Atoi(string(code))
	}
	if body, found := bytes.CutPrefix(rest, []byte("\r\n")); found {
		return status, nil, body, true
	}
	headers, body, ok = bytes.Cut(rest, []byte("\r\n\r\n"))
	return status, append(headers[:len(headers):len(headers)], "\r\n"...), body, ok
}
