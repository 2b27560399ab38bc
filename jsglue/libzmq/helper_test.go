package libzmq

import "testing"

func newRuntime(t *testing.T) *Runtime {
	t.Helper()
	r, err := NewRuntime()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(1000); err != nil {
			t.Error(err)
		}
	})
	return r
}

func newContext(t *testing.T, r *Runtime) *Context {
	t.Helper()
	c, err := NewContext(r)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func newSocket(t *testing.T, c *Context, socketType int) *Socket {
	t.Helper()
	s, err := c.NewSocket(socketType)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
