using System.Globalization;
using NodaTime;
using Slotwright.Time;

namespace Slotwright.Api;

/// <summary>A time as a client wrote it: wall clock, or an instant when it came with an offset.</summary>
internal readonly record struct ApiTime(LocalDateTime Local, Offset? Offset)
{
    private const int EarliestYear = 1900;
    private const int LatestYear = 2999;

    public Moment ToMoment() => Offset is { } offset ? Moment.At(Local.WithOffset(offset).ToInstant()) : Moment.OnTheClock(Local);

    /// <summary>For filters: a skipped wall time is shifted forward, a repeated one means the first.</summary>
    public Instant ToInstant(DateTimeZone zone) => Offset is { } offset ? Local.WithOffset(offset).ToInstant() : Local.InZoneLeniently(zone).ToInstant();

    /// <summary>
    /// <c>YYYY-MM-DD</c>, then optionally a blank or T, hours, minutes and seconds of one or two digits parted by colons or points, a fraction,
    /// and Z or an offset. A date alone is its midnight. Not such a text: 400; no such day or hour: 422.
    /// </summary>
    public static ApiError? Parse(string text, ApiField field, out ApiTime time)
    {
        time = default;
        var rest = new Scanner(text.AsSpan().Trim());
        if (!rest.Number(4, 4, out var year) || !rest.Skip('-') || !rest.Number(1, 2, out var month) || !rest.Skip('-') || !rest.Number(1, 2, out var day))
        {
            return NotATime(field);
        }

        int hour = 0, minute = 0, second = 0;
        Offset? offset = null;
        if (!rest.AtEnd)
        {
            if (!rest.SkipDateTimeGap() || !rest.Number(1, 2, out hour) || !rest.SkipTimeMark() || !rest.Number(1, 2, out minute))
            {
                return NotATime(field);
            }

            if (rest.SkipTimeMark() && !rest.Number(1, 2, out second))
            {
                return NotATime(field);
            }

            rest.SkipFraction();
            if (!rest.TryOffset(out offset) || !rest.AtEnd)
            {
                return NotATime(field);
            }
        }

        if (year is < EarliestYear or > LatestYear || month is < 1 or > 12 || day < 1
            || day > CalendarSystem.Iso.GetDaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return ApiError.Invalid("time_does_not_exist", $"{field.WireName()} is not a time of the calendar between {EarliestYear} and {LatestYear}", field);
        }

        time = new ApiTime(new LocalDateTime(year, month, day, hour, minute, second), offset);
        return null;
    }

    private static ApiError NotATime(ApiField field) =>
        ApiError.Bad($"{field.WireName()} is not a date and time such as 2026-03-09 14:30:00.", ApiError.PointerTo(field));

    private ref struct Scanner(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> rest = text;

        public readonly bool AtEnd => rest.IsEmpty;

        public bool Number(int least, int most, out int number)
        {
            var digits = 0;
            while (digits < rest.Length && digits < most && char.IsAsciiDigit(rest[digits]))
            {
                digits++;
            }

            number = 0;
            if (digits < least)
            {
                return false;
            }

            number = int.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            rest = rest[digits..];
            return true;
        }

        public bool Skip(char character)
        {
            if (rest.IsEmpty || rest[0] != character)
            {
                return false;
            }

            rest = rest[1..];
            return true;
        }

        public bool SkipDateTimeGap() => Skip('T') || Skip('t') || Skip('+') || SkipBlanks();

        /// <summary>Some clients write the time under their own culture, with points.</summary>
        public bool SkipTimeMark() => Skip(':') || Skip('.');

        public void SkipFraction()
        {
            if (rest.Length > 1 && rest[0] is '.' or ',' && char.IsAsciiDigit(rest[1]))
            {
                rest = rest[1..].TrimStart("0123456789");
            }
        }

        /// <summary>Z, UTC, +01:00, +0100, +01; a plus that a URL turned into a blank counts.</summary>
        public bool TryOffset(out Offset? offset)
        {
            offset = null;
            var blank = SkipBlanks();
            if (rest.IsEmpty)
            {
                return true;
            }

            if (rest.Equals("Z", StringComparison.OrdinalIgnoreCase) || rest.Equals("UTC", StringComparison.OrdinalIgnoreCase))
            {
                rest = default;
                offset = NodaTime.Offset.Zero;
                return true;
            }

            var west = Skip('-');
            if (!west && !Skip('+') && !blank)
            {
                return false;
            }

            if (!Number(2, 2, out var hours))
            {
                return false;
            }

            Skip(':');
            Number(2, 2, out var minutes);
            if (hours > 18 || minutes > 59 || (hours == 18 && minutes > 0))
            {
                return false;
            }

            var seconds = (hours * 3_600) + (minutes * 60);
            offset = NodaTime.Offset.FromSeconds(west ? -seconds : seconds);
            return true;
        }

        private bool SkipBlanks()
        {
            var before = rest.Length;
            rest = rest.TrimStart(' ');
            return rest.Length < before;
        }
    }
}
