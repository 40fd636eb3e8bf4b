//! chrono's dates. A zero date (`0000-00-00`, or a zero month or day) has no chrono value and is an error; a column
//! configured to read it as NULL goes through `Row::get_zero_date_as_null`.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

use super::{Cell, Decode, DecodeError, Encode, EncodeError, Value, encode_references};

/// The server's calendar ends with the year 9999, which is also all that the protocol can carry.
fn date_value(date: NaiveDate, time: NaiveTime) -> Result<Value, EncodeError> {
    let year = u16::try_from(date.year())
        .ok()
        .filter(|year| *year <= 9999)
        .ok_or_else(|| EncodeError::new("the year is not between 0 and 9999"))?;
    let micros = time.nanosecond() / 1_000;
    // chrono writes a leap second as 60 in the nanoseconds; servers have none.
    if micros >= 1_000_000 {
        return Err(EncodeError::new("a leap second cannot be stored"));
    }
    // Both fit a byte by the calendar and the clock.
    let byte = |part: u32| part as u8;
    Ok(Value::Date(
        year,
        byte(date.month()),
        byte(date.day()),
        byte(time.hour()),
        byte(time.minute()),
        byte(time.second()),
        micros,
    ))
}

impl Encode for NaiveDate {
    fn encode(&self) -> Result<Value, EncodeError> {
        date_value(*self, NaiveTime::MIN)
    }
}

impl Encode for NaiveDateTime {
    fn encode(&self) -> Result<Value, EncodeError> {
        date_value(self.date(), self.time())
    }
}

/// TIMESTAMP: sessions are pinned to UTC.
impl Encode for DateTime<Utc> {
    fn encode(&self) -> Result<Value, EncodeError> {
        self.naive_utc().encode()
    }
}

/// TIME within a day; [`Time`](crate::Time) holds all of them.
impl Encode for NaiveTime {
    fn encode(&self) -> Result<Value, EncodeError> {
        crate::Time::try_from(*self).map_err(|error| EncodeError::new(error.to_string()))?.encode()
    }
}

encode_references!(NaiveDate, NaiveDateTime, DateTime<Utc>, NaiveTime);

impl Decode for NaiveDateTime {
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        if cell.is_zero_date() {
            return Err(DecodeError::new("found a zero date, which no calendar has"));
        }
        let invalid = || DecodeError::new("found a date that the calendar does not have");
        match cell.value() {
            Value::NULL => Err(DecodeError::null()),
            Value::Date(year, month, day, hour, minute, second, micros) => {
                NaiveDate::from_ymd_opt(i32::from(*year), u32::from(*month), u32::from(*day))
                    .and_then(|date| {
                        date.and_hms_micro_opt(
                            u32::from(*hour),
                            u32::from(*minute),
                            u32::from(*second),
                            *micros,
                        )
                    })
                    .ok_or_else(invalid)
            }
            Value::Bytes(bytes) => {
                let text = std::str::from_utf8(bytes).map_err(|_| DecodeError::mismatch("a date", &cell))?;
                parse(text).ok_or_else(|| DecodeError::mismatch("a date", &cell))
            }
            Value::Int(_) | Value::UInt(_) | Value::Float(_) | Value::Double(_) | Value::Time(..) => {
                Err(DecodeError::mismatch("a date", &cell))
            }
        }
    }
}

/// `YYYY-MM-DD`, alone or followed by a time: dates of the text protocol, and of DATE_ADD over a string.
fn parse(text: &str) -> Option<NaiveDateTime> {
    match text.len() {
        10 => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(|date| date.and_time(NaiveTime::MIN)),
        _ => NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok(),
    }
}

impl Decode for NaiveDate {
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        let value = NaiveDateTime::decode(cell)?;
        if value.time() == NaiveTime::MIN {
            Ok(value.date())
        } else {
            Err(DecodeError::new("expected a date, found a date with a time"))
        }
    }
}

impl Decode for DateTime<Utc> {
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        NaiveDateTime::decode(cell).map(|value| value.and_utc())
    }
}

impl Decode for NaiveTime {
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        let time = crate::Time::decode(cell)?;
        NaiveTime::try_from(time).map_err(|error| DecodeError::new(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::decode;
    use super::*;
    use mysql::consts::ColumnType::*;

    #[test]
    fn zero_dates_are_errors() {
        for date in [Value::Date(0, 0, 0, 0, 0, 0, 0), Value::Date(2024, 0, 1, 0, 0, 0, 0)] {
            let error = decode::<NaiveDate>(MYSQL_TYPE_DATE, date).unwrap_err();
            assert!(error.to_string().contains("zero date"), "{error}");
        }
        assert!(decode::<NaiveDate>(MYSQL_TYPE_DATE, Value::Date(2023, 2, 31, 0, 0, 0, 0)).is_err());
    }

    #[test]
    fn text_dates_are_read() {
        let text = Value::Bytes(b"2024-02-29 23:59:59.000001".to_vec());
        let value: NaiveDateTime = decode(MYSQL_TYPE_VAR_STRING, text).unwrap();
        assert_eq!(value.and_utc().timestamp_subsec_micros(), 1);
    }

    #[test]
    fn a_date_with_a_time_is_not_cut() {
        assert!(decode::<NaiveDate>(MYSQL_TYPE_DATETIME, Value::Date(2024, 1, 1, 1, 0, 0, 0)).is_err());
    }

    #[test]
    fn years_beyond_the_calendar_are_refused() {
        assert!(NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap().encode().is_err());
        assert!(NaiveDate::from_ymd_opt(-1, 1, 1).unwrap().encode().is_err());
    }
}
