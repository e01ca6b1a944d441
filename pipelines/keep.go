package pipelines

import "wherry/pipelines/backup"

// Backup writes the backup file to while no run is under way.
func (p *Project) Backup(to string) (backup.Summary, error) {
	release, err := p.lock()
	if err != nil {
		return backup.Summary{}, err
	}
	defer release()
	return backup.Write(p.Partnership, to)
}
