package anonymise

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// places fills in the columns of districts and unitaries from the file's postcode column.
func (x *extractor) places() error {
	var wanted []int
	for i, c := range x.contract.Columns {
		if located(c) && x.at[i] < 0 {
			wanted = append(wanted, i)
		}
	}
	at := x.table.place("postcode", "post_code", "home_postcode", "pcode")
	switch {
	case len(wanted) == 0:
		return nil
	case at >= 0 && x.options.Postcodes == "":
		return errors.New("districts and unitaries are to be looked up from the postcodes of the file: name a table of postcodes with --postcodes")
	case at < 0:
		return nil
	}
	x.taken[at] = true
	needed := map[string]*location{}
	for _, row := range x.table.rows {
		needed[canonical(row[at])] = nil
	}
	if err := lookUp(x.options.Postcodes, needed); err != nil {
		return err
	}
	for r, row := range x.table.rows {
		if blank(row[at]) {
			continue
		}
		found := needed[canonical(row[at])]
		x.report.Dropped["postcodes, once the district and unitary were looked up"]++
		if found == nil {
			x.drop("postcodes that the table does not have (district and unitary left blank)")
			continue
		}
		for _, i := range wanted {
			x.out[r][i] = found.district
			if x.contract.Columns[i].Codes == "lgr_unit" {
				x.out[r][i] = found.unitary
			}
		}
	}
	return nil
}

// location is where a postcode lies.
type location struct{ district, unitary string }

// lookUp fills in the district and unitary of the postcodes that are needed, and remembers
// no others.
func lookUp(path string, needed map[string]*location) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("opening the table of postcodes: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	r := csv.NewReader(f)
	header, err := r.Read()
	if err != nil {
		return errors.New("reading the table of postcodes: it has no header")
	}
	t := &table{header: header}
	t.header[0] = strings.TrimPrefix(t.header[0], "\ufeff")
	postcode, district, unitary := t.place("postcode", "pcds", "pcd"), t.place("district_code"), t.place("lgr_unit_code")
	if postcode < 0 || district < 0 || unitary < 0 {
		return errors.New("the table of postcodes needs the columns postcode, district_code and lgr_unit_code")
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errors.New("reading the table of postcodes: it is not a CSV of the same width throughout")
		}
		key := canonical(row[postcode])
		if _, ok := needed[key]; ok && key != "" {
			needed[key] = &location{strings.TrimSpace(row[district]), strings.TrimSpace(row[unitary])}
		}
	}
}
