package sample

import (
	"fmt"

	"wherry/config"
)

// planted is a fault to put into the rows of one return: change is a SET clause over the
// feed's table, or empty where the rows are sent twice.
type planted struct {
	feed, agency string
	back         int // periods before the latest
	rule         string
	rows         int64
	change       string
}

// faults are all the planted ones that are values of rows. No two stand in the same return,
// so that each row breaks one rule only.
func faults() []planted { return append(faultsOfCases(), faultsOfServices()...) }

// faultsOfCases are those of police, children's services and MARAC.
func faultsOfCases() []planted {
	return []planted{
		{"police_da_incident", "police", 2, "not_a_timestamp", 4, "reported_at = '31/02/2026 25:61'"},
		{"police_da_incident", "police", 5, "not_in_codes", 5, "offence_group = 'assault'"},
		{"police_da_incident", "police", 8, "incident_after_report", 2, "incident_date = (reported_at::date + 3)::varchar"},
		{"police_da_incident_child", "police", 4, "unborn_without_month", 2, "age_band_child = 'unborn', child_key = md5(child_key)"},
		{"csc_contact_referral", "childrens_services", 0, "duplicate_key", 3, ""},
		{"csc_assessment", "childrens_services", 7, "not_in_codes", 2, "factor_codes = '3A|18A'"},
		{"agency_referral", "childrens_services", 0, "not_a_pseudonym", 1, "child_key = '9434765919'"},
		{"agency_referral", "childrens_services", 3, "outside_period", 3, "received_at = (received_at::timestamp - interval 90 day)::varchar, created_at = (created_at::timestamp - interval 90 day)::varchar"},
		{"marac_case", "marac_coordinator", 1, "not_a_date", 2, "discussed_at = '30/02/2026'"},
		{"marac_case", "marac_coordinator", 6, "required", 2, "victim_key = null"},
		{"op_encompass_notification", "police", 0, "received_before_sent", 2, "received_at = (sent_at::timestamp - interval 1 hour)::varchar"},
		{"marac_action", "marac_coordinator", 2, "not_a_date", 3, "due_date = '31/11/2026'"},
		{"marac_action", "marac_coordinator", 0, "date_without_completion", 2, "status = 'open'"},
		{"marac_agency_return", "marac_coordinator", 1, "not_in_codes", 2, "agency = 'fire_service'"},
		{"information_request", "police", 0, "answered_before_asked", 2, "answered_at = (requested_at::timestamp - interval 1 day)::varchar"},
		{"information_request", "police", 4, "asked_of_itself", 1, "requester_agency = responder_agency"},
		{"dvds_application", "police", 3, "disclosed_without_decision", 2, "decision = 'withdrawn'"},
		{"dvds_application", "police", 0, "duplicate_key", 2, ""},
		{"protective_order", "police", 1, "breach_before_issue", 1, "breach_at = (issued_at::date - 5)::varchar"},
		{"probation_case", "probation", 1, "completed_without_start", 2, "da_intervention_started = null"},
	}
}

// faultsOfServices are those of support, accommodation, health, training and the partnership.
func faultsOfServices() []planted {
	return []planted{
		{"training_event", "training_hub", 3, "out_of_range", 1, "capacity = '0'"},
		{"training_booking", "training_hub", 1, "identifier", 1, "agency_team_code = '07700 900123'"},
		{"workforce_denominator", "education", 1, "not_an_integer", 1, "headcount_in_scope = 'about 40'"},
		{"da_service_episode", "specialist_service", 0, "required", 3, "person_key = null"},
		{"safe_accommodation_referral", "provider_one", 1, "not_in_codes", 1, "accommodation_type = 'bed_and_breakfast'"},
		{"action_plan", "safeguarding_partnership", 9, "identifier", 1, "evidence_note = 'Ask sam.jones@example.org'"},
		{"da_service_outcome", "specialist_service", 0, "out_of_range", 3, "feels_safer = '7'"},
		{"da_service_outcome", "specialist_service", 2, "outside_period", 2, "recorded_at = '15/01/2025'"},
		{"safe_accommodation_stay", "provider_one", 0, "half_an_end", 2, "end_reason = null"},
		{"safe_accommodation_stay", "provider_two", 3, "ended_before_start", 1, "end_date = (start_date::date - 2)::varchar"},
		{"safe_accommodation_unit", "provider_two", 1, "refuge_with_district", 1, "district_code = 'E07000148'"},
		{"homelessness_da", "housing", 1, "no_domestic_abuse", 2, "reason_da = 'N', support_need_da = 'N'"},
		{"sanctuary_install", "housing", 0, "installed_before_request", 1, "installed_at = '01/01/2021'"},
		{"perpetrator_episode", "perpetrator_programme", 0, "not_a_pseudonym", 1, "perpetrator_key = 'client 4411'"},
		{"training_evaluation", "training_hub", 1, "out_of_range", 3, "knowledge_score = '75'"},
		{"champion_register", "education", 2, "active_before_trained", 1, "last_active_at = (trained_at::date - 10)::varchar"},
		{"practitioner_survey", "safeguarding_partnership", 0, "out_of_range", 1, "marac_how = '6'"},
		{"audit_case", "safeguarding_partnership", 0, "second_grade_alone", 1, "overall_grade = null"},
		{"health_activity", "health", 0, "not_an_integer", 2, "disclosed_n = '<5'"},
		{"part4_finance", "commissioning", 1, "not_a_decimal", 1, "spend_gbp = 'awaited'"},
	}
}

// shorten takes rows out of the latest return of two senders: the last month of health's, as
// if it had not been added up yet, and two thirds of housing's, as if some councils had not
// sent theirs on.
func (w *writer) shorten() error {
	for _, s := range []struct {
		feed, agency, rows string
		into               *[]string
	}{
		{"health_activity", "health", "month >= (select max(month) from health_activity where period = ?2)", &w.summary.Partial},
		{"sanctuary_install", "housing", "hash(sanctuary_key) % 3 > 0 and ?2 <> ''", &w.summary.Small},
	} {
		x, ok := w.find(s.feed, s.agency, 0)
		if !ok {
			continue
		}
		take := fmt.Sprintf("delete from %s where sender = ?1 and period = ?2 and %s", identifier(s.feed), s.rows)
		if _, err := w.conn.ExecContext(w.ctx, take, x.agency, x.period.Slug()); err != nil {
			return fmt.Errorf("shortening %s: %w", x.name(), err)
		}
		*s.into = append(*s.into, x.name())
	}
	return nil
}

// plant changes the first rows of each return that a fault names.
func (w *writer) plant() error {
	if err := w.shorten(); err != nil {
		return err
	}
	for _, f := range faults() {
		x, ok := w.find(f.feed, f.agency, f.back)
		if !ok {
			continue
		}
		table := identifier(f.feed)
		chosen := fmt.Sprintf("from %s where sender = ? and period = ? and %s order by rowid limit %d", table, sound(f), f.rows)
		change := fmt.Sprintf("update %s set %s where rowid in (select rowid %s)", table, f.change, chosen)
		if f.change == "" {
			change = fmt.Sprintf("insert into %s select * %s", table, chosen)
		}
		done, err := w.conn.ExecContext(w.ctx, change, x.agency, x.period.Slug())
		if err != nil {
			return fmt.Errorf("planting %s in %s: %w", f.rule, x.name(), err)
		}
		n, err := done.RowsAffected()
		if err != nil {
			return fmt.Errorf("planting %s in %s: %w", f.rule, x.name(), err)
		}
		if n > 0 {
			w.summary.Faults = append(w.summary.Faults, Fault{x.name(), f.rule, n})
		}
	}
	if x, ok := w.find("csc_assessment", "childrens_services", 0); ok {
		w.summary.Faults = append(w.summary.Faults, Fault{x.name(), "malformed_line", int64(len(w.brokenLines(x)))})
	}
	return nil
}

// sound picks rows that the fault alone will spoil.
func sound(f planted) string {
	if f.feed == "marac_agency_return" {
		return "agency = 'police'" // one row of a case
	}
	switch f.rule {
	case "received_before_sent":
		return "sent_at is not null"
	case "unborn_without_month":
		return "age_band_child <> 'unborn'"
	case "date_without_completion":
		return "completed_date is not null"
	case "answered_before_asked":
		return "answered_at is not null"
	case "disclosed_without_decision":
		return "disclosed_at is not null"
	case "breach_before_issue":
		return "breach_at is not null"
	case "completed_without_start":
		return "da_intervention_completed is not null"
	case "half_an_end", "ended_before_start":
		return "end_date is not null"
	case "refuge_with_district":
		return "accommodation_type = 'refuge'"
	case "installed_before_request":
		return "installed_at is not null"
	case "active_before_trained":
		return "last_active_at is not null"
	case "second_grade_alone":
		return "second_auditor_grade is not null"
	}
	return "true"
}

// find is the extract for the period that lies back periods before the feed's latest, where
// it has arrived by the as-at day.
func (w *writer) find(feed, agency string, back int) (extract, bool) {
	c, ok := w.p.Contract(feed)
	if !ok || !c.Sends(agency) {
		return extract{}, false
	}
	periods := c.Periods(w.asAt)
	if len(periods) <= back {
		return extract{}, false
	}
	period := periods[len(periods)-1-back]
	x := extract{contract: c, agency: agency, period: period, format: format(c, agency), arrived: arrival(c, agency, period)}
	return x, !day(x.arrived).After(w.asAt)
}

// brokenLines are the lines of a CSV file that no row can be read from: one, cut short, in
// the latest csc_assessment.
func (w *writer) brokenLines(x extract) []string {
	latest := config.Containing(x.contract.Every, x.period.Start).Shift(1).End.After(w.asAt)
	if x.contract.Feed == "csc_assessment" && x.format == "csv" && latest {
		return []string{"the connection was lost,\n"}
	}
	return nil
}
