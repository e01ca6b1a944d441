package intake

import (
	"archive/zip"
	"errors"
	"io"
	"math"
	"time"

	"github.com/xuri/excelize/v2"

	"wherry/config"
)

// ErrTooLarge tells that a packed file is larger, unpacked, than an extract may be.
var ErrTooLarge = errors.New("too large unpacked")

// OpenWorkbook opens an XLSX of at most so many bytes unpacked, with raw cell values, after unpacking it once to nowhere, so that its real size is
// known: the sizes a packed file states of itself can lie.
func OpenWorkbook(path string, most int64) (*excelize.File, error) {
	if most <= 0 {
		most = 1 << 31
	}
	if err := weigh(path, most); err != nil {
		return nil, err
	}
	return excelize.OpenFile(path, excelize.Options{RawCellValue: true, UnzipSizeLimit: most, UnzipXMLSizeLimit: min(most, 64<<20)})
}

func weigh(path string, most int64) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer z.Close()
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			return err
		}
		n, err := io.Copy(io.Discard, io.LimitReader(r, most+1))
		if e := r.Close(); err == nil && n <= most {
			err = e
		}
		if most -= n; most < 0 {
			return ErrTooLarge
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// SerialTime is the moment of a spreadsheet's serial number, to the second. Serials up to
// 60 are not read: the calendar has a 29 February 1900 there.
func SerialTime(serial float64, since1904 bool) (time.Time, bool) {
	if serial <= 60 || serial > 73_050 || math.IsNaN(serial) {
		return time.Time{}, false
	}
	epoch := config.Day(1899, time.December, 30)
	if since1904 {
		epoch = config.Day(1904, time.January, 1)
	}
	days, part := math.Modf(serial)
	seconds := math.Round(part * 86_400)
	return epoch.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second), true
}
