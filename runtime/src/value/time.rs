//! The TIME type: signed, and far beyond a day, so no type of chrono or the standard library holds it.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::{Cell, Decode, DecodeError, Encode, EncodeError, Value, encode_references};

const SECOND: i64 = 1_000_000;
/// 838:59:59.999999 in microseconds.
const LIMIT: i64 = (838 * 3600 + 59 * 60 + 59) * SECOND + 999_999;

/// A TIME: a signed span from -838:59:59.999999 to 838:59:59.999999, to the microsecond.
///
/// Prints and parses as the servers do: `-01:02:03.000004`, the fraction only where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Time {
    micros: i64,
}

/// A span or text that is no TIME.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeError(&'static str);

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for TimeError {}

const OUT_OF_RANGE: TimeError = TimeError("a TIME is at most 838:59:59.999999 either way");

impl Time {
    /// 838:59:59.999999. MySQL stores no fraction with it: its own end is 838:59:59.
    pub const MAX: Self = Self { micros: LIMIT };
    /// -838:59:59.999999.
    pub const MIN: Self = Self { micros: -LIMIT };
    /// 00:00:00.
    pub const ZERO: Self = Self { micros: 0 };

    /// The span of so many microseconds; `None` out of range.
    pub const fn from_micros(micros: i64) -> Option<Self> {
        if micros >= -LIMIT && micros <= LIMIT { Some(Self { micros }) } else { None }
    }

    /// The span of so many seconds; `None` out of range.
    pub const fn from_seconds(seconds: i64) -> Option<Self> {
        match seconds.checked_mul(SECOND) {
            Some(micros) => Self::from_micros(micros),
            None => None,
        }
    }

    /// From its parts; `None` when minutes or seconds are over 59, microseconds over 999,999, or the whole is out of
    /// range.
    pub const fn from_parts(
        negative: bool,
        hours: u32,
        minutes: u32,
        seconds: u32,
        micros: u32,
    ) -> Option<Self> {
        if hours > 838 || minutes > 59 || seconds > 59 || micros > 999_999 {
            return None;
        }
        let span = ((hours as i64 * 60 + minutes as i64) * 60 + seconds as i64) * SECOND + micros as i64;
        Self::from_micros(if negative { -span } else { span })
    }

    /// The whole span in microseconds.
    pub const fn as_micros(self) -> i64 {
        self.micros
    }

    /// Is it before 00:00:00?
    pub const fn is_negative(self) -> bool {
        self.micros < 0
    }

    /// Hours without the sign, up to 838.
    pub const fn hours(self) -> u32 {
        (self.micros.unsigned_abs() / (3600 * SECOND as u64)) as u32
    }

    /// Minutes of the hour, without the sign.
    pub const fn minutes(self) -> u32 {
        (self.micros.unsigned_abs() / (60 * SECOND as u64) % 60) as u32
    }

    /// Seconds of the minute, without the sign.
    pub const fn seconds(self) -> u32 {
        (self.micros.unsigned_abs() / SECOND as u64 % 60) as u32
    }

    /// Microseconds of the second, without the sign.
    pub const fn microseconds(self) -> u32 {
        (self.micros.unsigned_abs() % SECOND as u64) as u32
    }

    pub(crate) fn from_value(value: &Value) -> Option<Self> {
        let Value::Time(negative, days, hours, minutes, seconds, micros) = *value else { return None };
        let hours = days.checked_mul(24)?.checked_add(u32::from(hours))?;
        Self::from_parts(negative, hours, u32::from(minutes), u32::from(seconds), micros)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        write!(f, "{sign}{:02}:{:02}:{:02}", self.hours(), self.minutes(), self.seconds())?;
        match self.microseconds() {
            0 => Ok(()),
            micros => write!(f, ".{micros:06}"),
        }
    }
}

impl FromStr for Time {
    type Err = TimeError;

    /// Reads `[-]H:MM:SS[.ffffff]`, hours of one to three digits.
    fn from_str(text: &str) -> Result<Self, TimeError> {
        const SHAPE: TimeError = TimeError("a TIME is written [-]HH:MM:SS[.ffffff]");
        let digits = |text: &str, longest: usize| -> Result<u32, TimeError> {
            let right = (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            if right { text.parse().map_err(|_| SHAPE) } else { Err(SHAPE) }
        };
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (clock, micros) = match rest.split_once('.') {
            Some((clock, fraction)) => {
                let zeros = 6_u32.saturating_sub(fraction.len() as u32);
                (clock, digits(fraction, 6)? * 10_u32.pow(zeros))
            }
            None => (rest, 0),
        };
        let mut parts = clock.split(':');
        let mut part = |longest| digits(parts.next().ok_or(SHAPE)?, longest);
        let (hours, minutes, seconds) = (part(3)?, part(2)?, part(2)?);
        if parts.next().is_some() {
            return Err(SHAPE);
        }
        Self::from_parts(negative, hours, minutes, seconds, micros).ok_or(OUT_OF_RANGE)
    }
}

/// The span without its sign is lost only for a negative one, which is an error.
impl TryFrom<Time> for Duration {
    type Error = TimeError;

    fn try_from(time: Time) -> Result<Self, TimeError> {
        u64::try_from(time.micros)
            .map(Duration::from_micros)
            .map_err(|_| TimeError("a negative TIME is no Duration"))
    }
}

/// Below a microsecond is an error and never rounded.
impl TryFrom<Duration> for Time {
    type Error = TimeError;

    fn try_from(duration: Duration) -> Result<Self, TimeError> {
        if !duration.subsec_nanos().is_multiple_of(1_000) {
            return Err(TimeError("a TIME holds microseconds and the Duration is finer"));
        }
        i64::try_from(duration.as_micros()).ok().and_then(Self::from_micros).ok_or(OUT_OF_RANGE)
    }
}

#[cfg(feature = "chrono")]
mod chrono {
    use super::{OUT_OF_RANGE, Time, TimeError};
    use ::chrono::{NaiveTime, TimeDelta, Timelike};

    impl From<Time> for TimeDelta {
        fn from(time: Time) -> Self {
            TimeDelta::microseconds(time.as_micros())
        }
    }

    /// Below a microsecond is an error and never rounded.
    impl TryFrom<TimeDelta> for Time {
        type Error = TimeError;

        fn try_from(delta: TimeDelta) -> Result<Self, TimeError> {
            if delta.subsec_nanos() % 1_000 != 0 {
                return Err(TimeError("a TIME holds microseconds and the TimeDelta is finer"));
            }
            delta.num_microseconds().and_then(Time::from_micros).ok_or(OUT_OF_RANGE)
        }
    }

    impl TryFrom<Time> for NaiveTime {
        type Error = TimeError;

        fn try_from(time: Time) -> Result<Self, TimeError> {
            if time.is_negative() {
                return Err(TimeError("a negative TIME is no time of day"));
            }
            NaiveTime::from_hms_micro_opt(time.hours(), time.minutes(), time.seconds(), time.microseconds())
                .ok_or(TimeError("a TIME of 24 hours or more is no time of day"))
        }
    }

    /// Below a microsecond, and a leap second, is an error and never rounded.
    impl TryFrom<NaiveTime> for Time {
        type Error = TimeError;

        fn try_from(time: NaiveTime) -> Result<Self, TimeError> {
            if !time.nanosecond().is_multiple_of(1_000) {
                return Err(TimeError("a TIME holds microseconds and the time is finer"));
            }
            Time::from_parts(false, time.hour(), time.minute(), time.second(), time.nanosecond() / 1_000)
                .ok_or(TimeError("a leap second cannot be stored"))
        }
    }
}

impl Encode for Time {
    fn encode(&self) -> Result<Value, EncodeError> {
        // MySQL 9.7 refuses fractions in the last hour as a value of its protocol and takes them as text.
        if self.hours() == 838 && self.microseconds() != 0 {
            return Ok(Value::Bytes(self.to_string().into_bytes()));
        }
        // Within range, days fit any integer and the rest is below 60.
        Ok(Value::Time(
            self.is_negative(),
            self.hours() / 24,
            (self.hours() % 24) as u8,
            self.minutes() as u8,
            self.seconds() as u8,
            self.microseconds(),
        ))
    }
}

encode_references!(Time);

impl Decode for Time {
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        match cell.value() {
            Value::NULL => Err(DecodeError::null()),
            Value::Time(..) => Self::from_value(cell.value()).ok_or_else(|| DecodeError::new(OUT_OF_RANGE.0)),
            Value::Bytes(bytes) => std::str::from_utf8(bytes)
                .ok()
                .and_then(|text| text.parse().ok())
                .ok_or_else(|| DecodeError::mismatch("a time", &cell)),
            Value::Int(_) | Value::UInt(_) | Value::Float(_) | Value::Double(_) | Value::Date(..) => {
                Err(DecodeError::mismatch("a time", &cell))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_value_round_trip_at_the_ends() {
        for text in ["00:00:00", "-838:59:59.999999", "838:59:59", "-00:00:00.000001", "23:59:59.100000"] {
            let time: Time = text.parse().unwrap();
            assert_eq!(time.to_string(), text);
        }
        for text in ["00:00:00", "838:59:59", "-837:59:59.999999", "-00:00:00.000001", "23:59:59.100000"] {
            let time: Time = text.parse().unwrap();
            assert_eq!(Time::from_value(&time.encode().unwrap()), Some(time), "{text}");
        }
        assert_eq!(Time::MIN.encode().unwrap(), Value::Bytes(b"-838:59:59.999999".to_vec()));
        assert_eq!("-838:59:59.999999".parse(), Ok(Time::MIN));
    }

    #[test]
    fn other_text_is_refused() {
        for text in ["", "1:2", "1:2:3:4", "839:00:00", "00:60:00", "0:0:0.1234567", "+1:00:00", "1:-2:3"] {
            assert!(text.parse::<Time>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_short_fraction_is_tenths() {
        assert_eq!("0:0:0.5".parse::<Time>().unwrap().as_micros(), 500_000);
    }

    #[test]
    fn durations_convert_without_rounding() {
        assert_eq!(Time::try_from(Duration::from_micros(7)).unwrap().as_micros(), 7);
        assert!(Time::try_from(Duration::from_nanos(7)).is_err());
        assert!(Duration::try_from(Time::MIN).is_err());
    }
}
