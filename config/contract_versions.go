package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Version is what changed in a contract from a period on. What it does not name stays as it
// was: a column under Columns has the keys that changed, and is new where there was none.
type Version struct {
	From         string    `yaml:"from"` // first period it is for, e.g. 2026-04
	Says         string    `yaml:"says"` // what changed and why, for those who send and read
	Columns      []Column  `yaml:"columns"`
	Without      []string  `yaml:"without"` // headers of columns that are no longer sent
	Rules        []RowRule `yaml:"rules"`   // new, or in place of the one with the same code
	WithoutRules []string  `yaml:"without_rules"`
	DueDays      *int      `yaml:"due_days"`
}

// inForce is a contract as it holds from the start of a period on.
type inForce struct {
	from     Period
	contract *Contract
}

// Version is the contract as it holds for a reporting period. Every version has the columns of
// all, in one order, so that one table takes their rows; Column.In says which it has.
func (c *Contract) Version(p Period) *Contract {
	held := c
	for i, v := range c.history {
		if i == 0 || !p.Start.Before(v.from.Start) {
			held = v.contract
		}
	}
	return held
}

// EveryRule is the rules of all versions, each once, in the order of the file.
func (c *Contract) EveryRule() []RowRule {
	var all []RowRule
	for _, held := range append([]inForce{{contract: c}}, c.history...) {
		for _, r := range held.contract.Rules {
			if !slices.ContainsFunc(all, func(a RowRule) bool { return a.At == r.At && a.Code == r.Code }) {
				all = append(all, r)
			}
		}
	}
	return all
}

// resolve makes the contract as it holds in each version, and then itself the latest.
func (c *Contract) resolve() {
	for i := range c.Rules {
		c.Rules[i].At = fmt.Sprintf("rules.%d", i)
	}
	if len(c.Versions) == 0 {
		c.Columns = withStates(c.Columns, c.Columns)
		return
	}
	first, err := ParsePeriod(c.Starts)
	if err != nil {
		return // said of starts
	}
	c.history = append(c.history, inForce{first, c.copy()})
	for i := range c.Versions {
		from, err := ParsePeriod(c.Versions[i].From)
		if err != nil {
			c.history = nil
			return // said of from
		}
		next := c.history[len(c.history)-1].contract.copy()
		next.apply(i, &c.Versions[i])
		c.history = append(c.history, inForce{from, next})
	}
	every := c.every()
	for _, held := range c.history {
		held.contract.Columns = withStates(held.contract.among(every), every)
		held.contract.Versions = nil
	}
	last := c.history[len(c.history)-1].contract
	c.Columns, c.Rules, c.DueDays = last.Columns, last.Rules, last.DueDays
}

func (c *Contract) copy() *Contract {
	same := *c
	same.history = nil
	same.Columns, same.Rules = slices.Clone(c.Columns), slices.Clone(c.Rules)
	return &same
}

// apply makes the contract what it is from version i on.
func (c *Contract) apply(i int, v *Version) {
	for j, change := range v.Columns {
		at := fmt.Sprintf("versions.%d.columns.%d", i, j)
		if was := c.changes(change); was >= 0 {
			c.Columns[was] = c.changed(c.Columns[was], change, at)
		} else {
			c.Columns = append(c.Columns, change)
		}
	}
	c.Columns = slices.DeleteFunc(c.Columns, func(col Column) bool { return slices.Contains(v.Without, col.Name) })
	for j, rule := range v.Rules {
		rule.At = fmt.Sprintf("versions.%d.rules.%d", i, j)
		if was := slices.IndexFunc(c.Rules, func(r RowRule) bool { return r.Code == rule.Code }); was >= 0 {
			c.Rules[was] = rule
		} else {
			c.Rules = append(c.Rules, rule)
		}
	}
	c.Rules = slices.DeleteFunc(c.Rules, func(r RowRule) bool { return slices.Contains(v.WithoutRules, r.Code) })
	if v.DueDays != nil {
		c.DueDays = *v.DueDays
	}
}

// changes is the place of the column that a change is to, -1 for a new one: that with the same
// header, or else that kept under the same name, whose header changed.
func (c *Contract) changes(change Column) int {
	if at := slices.IndexFunc(c.Columns, func(col Column) bool { return col.Name == change.Name }); at >= 0 {
		return at
	}
	return slices.IndexFunc(c.Columns, func(col Column) bool { return col.Kept() == change.Kept() })
}

// changed is a column with the keys that a version writes at a path of the file.
func (c *Contract) changed(col, change Column, path string) Column {
	if kept := col.Kept(); change.Name != kept {
		col.Keep = kept
	}
	into, from := reflect.ValueOf(&col).Elem(), reflect.ValueOf(change)
	for i := range into.NumField() {
		key := into.Type().Field(i).Tag.Get("yaml")
		if _, written := c.places[join(path, key)]; written {
			into.Field(i).Set(from.Field(i))
		}
	}
	if len(change.Values) > 0 {
		col.Codes = ""
	} else if change.Codes != "" {
		col.Values = nil
	}
	return col
}

// every is the columns of all versions by the order in which they came, as they were last, with
// the periods that have them.
func (c *Contract) every() []Column {
	var all []Column
	for i, held := range c.history {
		for _, col := range held.contract.Columns {
			at := slices.IndexFunc(all, func(a Column) bool { return a.Kept() == col.Kept() })
			if at >= 0 {
				since, small := all[at].Since, all[at].Small
				all[at] = col
				if len(col.Small) == 0 {
					all[at].Small = small // in some version
				}
				if col.Since == "" {
					all[at].Since = since
				}
				continue
			}
			if i > 0 && col.Since == "" {
				col.Since = c.Versions[i-1].From
			}
			all = append(all, col)
		}
		for j := range all {
			gone := i > 0 && !slices.ContainsFunc(held.contract.Columns, func(col Column) bool { return col.Kept() == all[j].Kept() })
			if gone && all[j].Until == "" {
				all[j].Until = Containing(Month, held.from.Start).Shift(-1).String()
			}
		}
	}
	return all
}

// withStates adds beside each count that has marks for small ones, in some version at least, the
// column that tells them from those given.
func withStates(columns, every []Column) []Column {
	var all []Column
	for i, col := range columns {
		all = append(all, col)
		if len(every[i].Small) > 0 {
			all = append(all, Column{Name: col.Name, Keep: col.Kept() + "_state", Type: "code", Values: []string{"given", "small"}, Small: col.Small,
				Since: col.Since, Until: col.Until, StateOf: col.Kept(), Note: "small where the count was too small to give"})
		}
	}
	return all
}

// among is every column there ever was, as this version has it.
func (c *Contract) among(every []Column) []Column {
	all := slices.Clone(every)
	for i := range all {
		for _, col := range c.Columns {
			if col.Kept() == all[i].Kept() {
				col.Since, col.Until = all[i].Since, all[i].Until
				all[i] = col
			}
		}
	}
	return all
}

// versions finds what cannot be right in the versions of a contract that is as it was first.
func (k *contractCheck) versions() {
	held := k.copy()
	var before Period
	if first, err := ParsePeriod(k.Starts); err == nil && k.knownPeriod() {
		before = Containing(k.Every, first.Start)
	}
	gone := map[string]bool{}
	for i := range k.Versions {
		v, at := &k.Versions[i], fmt.Sprintf("versions.%d", i)
		if from, ok := k.period(at+".from", v.From); ok && k.knownPeriod() {
			switch {
			case Containing(k.Every, from.Start).Start != from.Start || from.Kind != Month && from.Kind != k.Every:
				k.s.add(at+".from", fmt.Sprintf("%q is not the beginning of a %s", v.From, k.Every), "")
			case !from.Start.After(before.Start):
				k.s.add(at+".from", fmt.Sprintf("%q is not after what stands before it", v.From), "put the versions in order, each later than starts and the one before")
			}
			before = from
		}
		if strings.TrimSpace(v.Says) == "" {
			k.s.add(at+".says", "says is missing", "write what changed and why, for those who send and read")
		}
		if v.DueDays != nil && (*v.DueDays < 0 || *v.DueDays > 366) {
			k.s.add(at+".due_days", fmt.Sprintf("%d is outside 0 to 366", *v.DueDays), "")
		}
		next := held.copy()
		next.apply(i, v)
		k.changedColumns(at, v, held, next, gone)
		k.without(at, v, held, gone)
		k.changedRules(at, v)
		held = next
	}
}

// changedColumns checks the columns of a version against those of the one before.
func (k *contractCheck) changedColumns(at string, v *Version, held, next *Contract, gone map[string]bool) {
	sub := &contractCheck{next, k.p, k.s, map[string]Column{}}
	for _, col := range next.Columns {
		if !slices.ContainsFunc(v.Columns, func(change Column) bool { return change.Name == col.Name }) {
			sub.kept[col.Kept()] = col
		}
	}
	for j, change := range v.Columns {
		path := fmt.Sprintf("%s.columns.%d", at, j)
		now := change
		if i := next.changes(change); i >= 0 {
			now = next.Columns[i]
		}
		sub.column(path, now)
		was := held.changes(change)
		switch {
		case was < 0 && gone[change.Kept()]:
			k.s.add(path, fmt.Sprintf("column %q was taken out, and cannot come back", change.Kept()), "keep it under another name")
		case was < 0:
		case stored(held.Columns[was].Type) != stored(now.Type):
			k.s.add(path+".type", fmt.Sprintf("column %q is of type %s, and cannot become %s", now.Kept(), held.Columns[was].Type, now.Type),
				"rows of all versions stand in one table: keep it under another name, and put this one under without")
		case slices.Contains(k.Key, now.Kept()) && !now.Required:
			k.s.add(path+".required", fmt.Sprintf("key column %q may be blank", now.Kept()), "a key is the same in every version")
		}
	}
}

// stored is what columns of a type have in common in a table.
func stored(kind string) string {
	if kind == "text" {
		return "code"
	}
	return kind
}

// without checks what a version takes out, and notes the columns that are gone.
func (k *contractCheck) without(at string, v *Version, held *Contract, gone map[string]bool) {
	for j, name := range v.Without {
		path := fmt.Sprintf("%s.without.%d", at, j)
		was := slices.IndexFunc(held.Columns, func(col Column) bool { return col.Name == name })
		if was < 0 {
			var names []string
			for _, col := range held.Columns {
				names = append(names, col.Name)
			}
			k.s.add(path, fmt.Sprintf("there is no column %q to take out", name), didYouMean(name, names))
			continue
		}
		kept := held.Columns[was].Kept()
		if slices.Contains(k.Key, kept) || k.PeriodBy == kept {
			k.s.add(path, fmt.Sprintf("column %q is in the key or places rows in their period, and cannot be taken out", name), "")
		}
		gone[kept] = true
	}
	for j, code := range v.WithoutRules {
		if !slices.ContainsFunc(held.Rules, func(r RowRule) bool { return r.Code == code }) {
			var codes []string
			for _, r := range held.Rules {
				codes = append(codes, r.Code)
			}
			k.s.add(fmt.Sprintf("%s.without_rules.%d", at, j), fmt.Sprintf("there is no rule %q to take out", code), didYouMean(code, codes))
		}
	}
}

// changedRules checks the rules of a version: one of the same code as before takes its place.
func (k *contractCheck) changedRules(at string, v *Version) {
	seen := k.ruleCodes()
	for j, r := range v.Rules {
		k.rule(fmt.Sprintf("%s.rules.%d", at, j), r, seen)
	}
}
