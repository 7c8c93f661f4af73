BEGIN TRANSACTION;
CREATE TABLE copies (
	form_id VARCHAR(16) NOT NULL, 
	rubric_hash VARCHAR(64) NOT NULL, 
	layout_hash VARCHAR(64), 
	media TEXT NOT NULL, 
	prefilled TEXT NOT NULL, 
	PRIMARY KEY (form_id), 
	FOREIGN KEY(rubric_hash) REFERENCES rubrics (hash), 
	FOREIGN KEY(layout_hash) REFERENCES layouts (hash)
);
INSERT INTO "copies" VALUES('AAAA1111','d1148996a9c12aff',NULL,'["excel"]','{"teacher":"T-12"}');
CREATE TABLE decisions (
	number INTEGER NOT NULL, 
	known TEXT NOT NULL, 
	record TEXT NOT NULL, 
	form_ids TEXT NOT NULL, 
	field_id TEXT, 
	code TEXT NOT NULL, 
	verdict VARCHAR(16) NOT NULL, 
	value TEXT NOT NULL, 
	source VARCHAR(16) NOT NULL, 
	made_at TEXT NOT NULL, 
	remark TEXT NOT NULL, 
	book VARCHAR(64) NOT NULL, 
	PRIMARY KEY (number)
);
CREATE TABLE files (
	number INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	folder TEXT NOT NULL, 
	size BIGINT NOT NULL, 
	medium TEXT, 
	program TEXT NOT NULL, 
	authors TEXT NOT NULL, 
	merged_at TEXT NOT NULL, 
	refusal TEXT, 
	refusal_values TEXT NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (sha256, name)
);
INSERT INTO "files" VALUES(1,'e3dc0551eca376f8fb6d7085887babfb12c1f4916134f956d664472dc000edc1','a.xlsx','in',9,'excel','LibreOffice','[]','2026-11-22T14:03:00+00:00',NULL,'{}');
CREATE TABLE known_names (
	digest VARCHAR(32) NOT NULL, 
	PRIMARY KEY (digest)
);
CREATE TABLE layouts (
	hash VARCHAR(64) NOT NULL, 
	layout TEXT NOT NULL, 
	PRIMARY KEY (hash)
);
CREATE TABLE log (
	number INTEGER NOT NULL, 
	made_at TEXT NOT NULL, 
	form_ids TEXT NOT NULL, 
	record TEXT NOT NULL, 
	field_id TEXT, 
	code TEXT NOT NULL, 
	event VARCHAR(16) NOT NULL, 
	old TEXT NOT NULL, 
	new TEXT NOT NULL, 
	remark TEXT NOT NULL, 
	PRIMARY KEY (number)
);
CREATE TABLE meta (
	"key" VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema_version','1');
INSERT INTO "meta" VALUES('rubric','lesson-observation');
CREATE TABLE notes (
	number INTEGER NOT NULL, 
	known TEXT NOT NULL, 
	record TEXT NOT NULL, 
	form_ids TEXT NOT NULL, 
	field_id TEXT, 
	code TEXT NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	typed TEXT NOT NULL, 
	problem TEXT NOT NULL, 
	remark TEXT NOT NULL, 
	PRIMARY KEY (number)
);
CREATE TABLE rebuilt (
	sha256 VARCHAR(64) NOT NULL, 
	PRIMARY KEY (sha256)
);
CREATE TABLE roster (
	number INTEGER NOT NULL, 
	head TEXT NOT NULL, 
	PRIMARY KEY (number)
);
CREATE TABLE rubrics (
	number INTEGER NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	rubric TEXT NOT NULL, 
	version TEXT NOT NULL, 
	canonical TEXT NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (hash)
);
INSERT INTO "rubrics" VALUES(1,'d1148996a9c12aff','lesson-observation','2026.1','{"guide":[{"heading":"How to observe"},{"paragraph":"Sit at the back. Score each of the {factors} factors of “{title}” after the lesson."},{"list":["Tick what you see","Do not tick what you only hope for {{this brace is meant}}"]}],"header":[{"id":"teacher","kind":"pseudonym","label":"Code of the teacher","lines":0},{"id":"lesson_date","kind":"date","label":"Date of the lesson","lines":0},{"id":"group_size","kind":"number","label":"Pupils present","lines":0,"minimum":0},{"choices":[{"label":"Mathematics","value":"math"},{"label":"Languages","value":"lang"},{"label":"Arts & crafts","value":"art"},{"label":"Other, namely in the goal","value":"other"}],"id":"subject","kind":"choice","label":"Subject","lines":0},{"id":"goal","kind":"text","label":"Goal of the lesson","lines":0},{"id":"notes","kind":"text","label":"Notes “as they come”","lines":6}],"id":"lesson-observation","identity":["teacher","lesson_date"],"language":"en","parts":[{"factors":[{"id":"warmth","indicators":[{"id":"warmth_greets","text":"Greets pupils by name"},{"id":"warmth_listens","text":"Listens: lets pupils finish, says \"go on\""}],"number":"A1","score":"warmth_score","text":"The teacher is warm <and> clear"},{"id":"order","indicators":[{"id":"order_starts","text":"Starts on time"}],"number":"A2","score":"order_score","text":"The lesson has order"}],"id":"climate","number":"A","title":"Climate & order"},{"factors":[{"id":"explains","indicators":[{"id":"explains_example","text":"Gives an example — and one that fails"},{"id":"explains_checks","text":"Checks what pupils have understood"},{"id":"explains_words","text":"Explains difficult words"}],"number":"B1","score":"explains_score","text":"Explains so that pupils understand"}],"id":"teaching","number":"B","title":"Teaching"}],"scale":[{"label":"Not seen","value":0},{"label":"Weak","value":1},{"label":"Fair","value":2},{"label":"Good","value":3},{"label":"Excellent","value":4}],"title":"Observation of a lesson","version":"2026.1"}');
CREATE TABLE versions (
	number INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	place INTEGER NOT NULL, 
	form_id VARCHAR(16) NOT NULL, 
	identity VARCHAR(64) NOT NULL, 
	rubric_hash VARCHAR(64) NOT NULL, 
	medium TEXT NOT NULL, 
	answers TEXT NOT NULL, 
	problems TEXT NOT NULL, 
	evidence TEXT NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (sha256, place), 
	FOREIGN KEY(rubric_hash) REFERENCES rubrics (hash)
);
INSERT INTO "versions" VALUES(1,'e3dc0551eca376f8fb6d7085887babfb12c1f4916134f956d664472dc000edc1',0,'AAAA1111','2060554b5b97','d1148996a9c12aff','excel','{"explains_checks":false,"explains_example":false,"explains_score":2,"explains_words":false,"goal":"Iets over goal","group_size":2,"lesson_date":"2026-11-22","notes":"Iets over notes","order_starts":false,"subject":"math","teacher":"T-12","warmth_greets":false,"warmth_listens":false,"warmth_score":2}','[["not_on_scale", "order_score", "Form!D4", "9"]]','[["order_score","9","Form!D4",1.0]]');
CREATE INDEX ix_versions_form_id ON versions (form_id);
CREATE INDEX ix_versions_identity ON versions (identity);
COMMIT;
