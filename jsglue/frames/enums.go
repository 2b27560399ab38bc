package frames

// #include "operation.h"
import "C"

import "github.com/zmqjs/zmqjs/jsglue"

// The numbers of package jsglue are those of zmqjs.h: the compiler refuses every index but 0.
var (
	_ = [1]struct{}{}[jsglue.Undefined-C.ZMQJS_UNDEFINED]
	_ = [1]struct{}{}[jsglue.Null-C.ZMQJS_NULL]
	_ = [1]struct{}{}[jsglue.Boolean-C.ZMQJS_BOOLEAN]
	_ = [1]struct{}{}[jsglue.Int32-C.ZMQJS_INT32]
	_ = [1]struct{}{}[jsglue.Double-C.ZMQJS_DOUBLE]
	_ = [1]struct{}{}[jsglue.BigInt-C.ZMQJS_BIGINT]
	_ = [1]struct{}{}[jsglue.String-C.ZMQJS_STRING]
	_ = [1]struct{}{}[jsglue.Bytes-C.ZMQJS_BYTES]
	_ = [1]struct{}{}[jsglue.Instance-C.ZMQJS_INSTANCE]
	_ = [1]struct{}{}[jsglue.Array-C.ZMQJS_ARRAY]
	_ = [1]struct{}{}[jsglue.Plain-C.ZMQJS_OBJECT]
	_ = [1]struct{}{}[jsglue.Kept-C.ZMQJS_KEPT]
	_ = [1]struct{}{}[jsglue.This-C.ZMQJS_THIS]

	_ = [1]struct{}{}[jsglue.PlainError-C.ZMQJS_ERROR]
	_ = [1]struct{}{}[jsglue.TypeError-C.ZMQJS_TYPE_ERROR]
	_ = [1]struct{}{}[jsglue.RangeError-C.ZMQJS_RANGE_ERROR]

	_ = [1]struct{}{}[jsglue.LongestList-C.ZMQJS_ELEMENT_MAXIMUM]
)
