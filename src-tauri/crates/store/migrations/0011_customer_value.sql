-- Version 11. What every customer has bought so far (docs/decisions/0020): derived from the won deals that
-- have a day of closing, kept in the same transaction as they, amounts in minor units.
CREATE TABLE customer_value (
    customer BLOB NOT NULL PRIMARY KEY,
    won_minor INTEGER NOT NULL,
    won_count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX customer_value_won ON customer_value (won_minor, customer, won_count);

INSERT INTO customer_value (customer, won_minor, won_count)
SELECT customer, sum(coalesce(amount_minor, 0)), count(*) FROM opportunity
WHERE stage = 'won' AND closed_on IS NOT NULL AND customer IS NOT NULL
GROUP BY customer;
