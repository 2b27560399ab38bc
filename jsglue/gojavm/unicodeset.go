package gojavm

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// runeRange is the code points from first to last.
type runeRange struct{ first, last rune }

// runeSet is a list of ranges in order that do not touch.
type runeSet []runeRange

// setOf joins ranges, in any order, to a set.
func setOf(ranges []runeRange) runeSet {
	slices.SortFunc(ranges, func(a, b runeRange) int { return int(a.first - b.first) })
	var set runeSet
	for _, r := range ranges {
		if n := len(set); n > 0 && r.first <= set[n-1].last+1 {
			set[n-1].last = max(set[n-1].last, r.last)
		} else {
			set = append(set, r)
		}
	}
	return set
}

func (s runeSet) union(others ...runeSet) runeSet {
	all := slices.Clone(s)
	for _, other := range others {
		all = append(all, other...)
	}
	return setOf(all)
}

func (s runeSet) complement() runeSet {
	var set runeSet
	next := rune(0)
	for _, r := range s {
		if r.first > next {
			set = append(set, runeRange{next, r.first - 1})
		}
		next = r.last + 1
	}
	if next <= unicode.MaxRune {
		set = append(set, runeRange{next, unicode.MaxRune})
	}
	return set
}

func (s runeSet) intersect(other runeSet) runeSet {
	return s.complement().union(other.complement()).complement()
}

func (s runeSet) without(other runeSet) runeSet { return s.intersect(other.complement()) }

func tableSet(tables ...*unicode.RangeTable) runeSet {
	var ranges []runeRange
	add := func(first, last, stride rune) {
		if stride == 1 {
			ranges = append(ranges, runeRange{first, last})
			return
		}
		for r := first; r <= last; r += stride {
			ranges = append(ranges, runeRange{r, r})
		}
	}
	for _, table := range tables {
		for _, r := range table.R16 {
			add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
		for _, r := range table.R32 {
			add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
	}
	return setOf(ranges)
}

// unicodeText has tables that Go's package unicode lacks, generated from Unicode's own files.
//
//go:embed unicode.txt
var unicodeText string

type unicodeTables struct {
	properties map[string]string // encoded
	scripts    map[string]string // long name by short name
	added      map[string]string // to Script_Extensions, encoded
	removed    map[string]string
}

var readTables = sync.OnceValue(func() unicodeTables {
	t := unicodeTables{map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}}
	for line := range strings.SplitSeq(unicodeText, "\n") {
		name, rest, _ := strings.Cut(line, " ")
		key, value, _ := strings.Cut(rest, " ")
		switch name {
		case "#", "":
		case "sc":
			t.scripts[key] = value
		case "scx":
			t.added[key] = value
		case "scx-":
			t.removed[key] = value
		default:
			t.properties[name] = rest
		}
	}
	return t
})

// decodeSet reads ranges that are written as the distance from the end of the previous one and, if
// there is more than one code point, the number of further ones.
func decodeSet(text string) runeSet {
	var set runeSet
	last := rune(0)
	for field := range strings.FieldsSeq(text) {
		distance, length, _ := strings.Cut(field, "-")
		d, _ := strconv.ParseInt(distance, 36, 32)
		l, _ := strconv.ParseInt(length, 36, 32)
		first := last + rune(d)
		last = first + rune(l)
		set = append(set, runeRange{first, last})
	}
	return set
}

var categoryNames = map[string]string{
	"Cased_Letter": "LC", "Close_Punctuation": "Pe", "Connector_Punctuation": "Pc", "Control": "Cc", "cntrl": "Cc",
	"Currency_Symbol": "Sc", "Dash_Punctuation": "Pd", "Decimal_Number": "Nd", "digit": "Nd", "Enclosing_Mark": "Me",
	"Final_Punctuation": "Pf", "Format": "Cf", "Initial_Punctuation": "Pi", "Letter": "L", "Letter_Number": "Nl",
	"Line_Separator": "Zl", "Lowercase_Letter": "Ll", "Mark": "M", "Combining_Mark": "M", "Math_Symbol": "Sm",
	"Modifier_Letter": "Lm", "Modifier_Symbol": "Sk", "Nonspacing_Mark": "Mn", "Number": "N", "Open_Punctuation": "Ps",
	"Other": "C", "Other_Letter": "Lo", "Other_Number": "No", "Other_Punctuation": "Po", "Other_Symbol": "So",
	"Paragraph_Separator": "Zp", "Private_Use": "Co", "Punctuation": "P", "punct": "P", "Separator": "Z",
	"Space_Separator": "Zs", "Spacing_Mark": "Mc", "Surrogate": "Cs", "Symbol": "S", "Titlecase_Letter": "Lt",
	"Unassigned": "Cn", "Uppercase_Letter": "Lu",
}

var propertyNames = map[string]string{
	"Alpha": "Alphabetic", "AHex": "ASCII_Hex_Digit", "Bidi_C": "Bidi_Control", "Bidi_M": "Bidi_Mirrored", "CI": "Case_Ignorable",
	"CWCF": "Changes_When_Casefolded", "CWCM": "Changes_When_Casemapped", "CWKCF": "Changes_When_NFKC_Casefolded",
	"CWL": "Changes_When_Lowercased", "CWT": "Changes_When_Titlecased", "CWU": "Changes_When_Uppercased",
	"DI": "Default_Ignorable_Code_Point", "Dep": "Deprecated", "Dia": "Diacritic", "EBase": "Emoji_Modifier_Base",
	"EComp": "Emoji_Component", "EMod": "Emoji_Modifier", "EPres": "Emoji_Presentation", "Ext": "Extender",
	"ExtPict": "Extended_Pictographic", "Gr_Base": "Grapheme_Base", "Gr_Ext": "Grapheme_Extend", "Hex": "Hex_Digit",
	"IDC": "ID_Continue", "IDS": "ID_Start", "IDSB": "IDS_Binary_Operator", "IDST": "IDS_Trinary_Operator", "Ideo": "Ideographic",
	"Join_C": "Join_Control", "LOE": "Logical_Order_Exception", "Lower": "Lowercase", "NChar": "Noncharacter_Code_Point",
	"Pat_Syn": "Pattern_Syntax", "Pat_WS": "Pattern_White_Space", "QMark": "Quotation_Mark", "RI": "Regional_Indicator",
	"SD": "Soft_Dotted", "STerm": "Sentence_Terminal", "Term": "Terminal_Punctuation", "UIdeo": "Unified_Ideograph",
	"Upper": "Uppercase", "VS": "Variation_Selector", "XIDC": "XID_Continue", "XIDS": "XID_Start", "space": "White_Space",
}

// Go's tables that are not properties of the language.
var goOnly = map[string]bool{
	"Other_Alphabetic": true, "Other_Default_Ignorable_Code_Point": true, "Other_Grapheme_Extend": true, "Other_ID_Continue": true,
	"Other_ID_Start": true, "Other_Lowercase": true, "Other_Math": true, "Other_Uppercase": true, "Hyphen": true,
	"Prepended_Concatenation_Mark": true, "STerm": true, "IDS_Unary_Operator": true, "ID_Compat_Math_Start": true,
	"ID_Compat_Math_Continue": true,
}

func categorySet(name string) (runeSet, bool) {
	if short, ok := categoryNames[name]; ok {
		name = short
	}
	switch name {
	case "LC":
		return tableSet(unicode.Lu, unicode.Ll, unicode.Lt), true
	case "C":
		return tableSet(unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z).complement(), true
	case "Cn":
		return tableSet(unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.Cc, unicode.Cf, unicode.Cs, unicode.Co).complement(), true
	}
	table, ok := unicode.Categories[name]
	if !ok || len(name) > 2 {
		return nil, false
	}
	return tableSet(table), true
}

func scriptName(name string) string {
	if long, ok := readTables().scripts[name]; ok {
		return long
	}
	switch name {
	case "Qaac":
		return "Coptic"
	case "Qaai":
		return "Inherited"
	}
	return name
}

// binarySet returns the code points with a binary property.
func binarySet(name string) (runeSet, bool) {
	if long, ok := propertyNames[name]; ok {
		name = long
	}
	p := unicode.Properties
	idStart := func() runeSet {
		return tableSet(unicode.L, unicode.Nl, p["Other_ID_Start"]).without(tableSet(p["Pattern_Syntax"], p["Pattern_White_Space"]))
	}
	switch name {
	case "Any":
		return runeSet{{0, unicode.MaxRune}}, true
	case "ASCII":
		return runeSet{{0, 0x7f}}, true
	case "Assigned":
		set, _ := categorySet("Cn")
		return set.complement(), true
	case "Alphabetic":
		return tableSet(unicode.L, unicode.Nl, p["Other_Alphabetic"]), true
	case "Uppercase":
		return tableSet(unicode.Lu, p["Other_Uppercase"]), true
	case "Lowercase":
		return tableSet(unicode.Ll, p["Other_Lowercase"]), true
	case "Cased":
		return tableSet(unicode.Lu, unicode.Ll, unicode.Lt, p["Other_Uppercase"], p["Other_Lowercase"]), true
	case "Math":
		return tableSet(unicode.Sm, p["Other_Math"]), true
	case "ID_Start":
		return idStart(), true
	case "ID_Continue":
		return idStart().union(tableSet(unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, p["Other_ID_Continue"])).
			without(tableSet(p["Pattern_Syntax"], p["Pattern_White_Space"])), true
	case "Grapheme_Base":
		unassigned, _ := categorySet("Cn")
		return tableSet(unicode.Cc, unicode.Cf, unicode.Cs, unicode.Co, unicode.Zl, unicode.Zp).
			union(unassigned, decodeSet(readTables().properties["Grapheme_Extend"])).complement(), true
	}
	if text, ok := readTables().properties[name]; ok {
		return decodeSet(text), true
	}
	if table, ok := p[name]; ok && !goOnly[name] {
		return tableSet(table), true
	}
	return nil, false
}

var propertySets sync.Map // from the text in \p{...} to its runeSet

// propertySet is the set for \p{text}.
func propertySet(text string) (runeSet, error) {
	if set, ok := propertySets.Load(text); ok {
		return set.(runeSet), nil
	}
	name, value, hasValue := strings.Cut(text, "=")
	var set runeSet
	var ok bool
	switch {
	case !hasValue:
		if set, ok = categorySet(name); !ok {
			set, ok = binarySet(name)
		}
	case name == "General_Category" || name == "gc":
		set, ok = categorySet(value)
	case name == "Script" || name == "sc" || name == "Script_Extensions" || name == "scx":
		value = scriptName(value)
		var table *unicode.RangeTable
		if table, ok = unicode.Scripts[value]; ok {
			set = tableSet(table)
			if strings.HasSuffix(name, "x") || strings.HasSuffix(name, "s") {
				set = set.union(decodeSet(readTables().added[value])).without(decodeSet(readTables().removed[value]))
			}
		}
	}
	if !ok {
		return nil, fmt.Errorf("invalid property name in \\p{%s}", text)
	}
	propertySets.Store(text, set)
	return set, nil
}
