using NodaTime;
using Slotwright.Schedules;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>What is asked for a first definition: what it is called, when it is open, how long an appointment lasts and with whom.</summary>
public sealed record StartForm
{
    public const int MostPeople = 20;

    public string? Name { get; init; }

    /// <summary>1 for Monday.</summary>
    public IReadOnlyList<int> Days { get; init; } = [1, 2, 3, 4, 5];

    public string? From { get; init; } = "09:00";

    public string? To { get; init; } = "17:00";

    public string? PauseFrom { get; init; }

    public string? PauseTo { get; init; }

    public string? Length { get; init; } = "30";

    /// <summary>One a line.</summary>
    public string? People { get; init; }

    public IReadOnlyList<string> Names => [.. (People ?? "").Split('\n').Select(TypedText.Line).Where(name => name.Length > 0)];

    public static StartForm Read(IFormCollection form) => new()
    {
        Name = TypedText.Line(form["Name"]),
        Days = [.. form["Days"].Select(TypedTime.Number).OfType<int>().Where(day => day is >= 1 and <= 7).Distinct().Order()],
        From = TypedText.Line(form["From"]),
        To = TypedText.Line(form["To"]),
        PauseFrom = TypedText.Line(form["PauseFrom"]),
        PauseTo = TypedText.Line(form["PauseTo"]),
        Length = TypedText.Line(form["Length"]),
        People = TypedText.Lines(form["People"]),
    };

    /// <summary>Field and name of the sentence that says what is wrong with it, in the order of the questions.</summary>
    public IReadOnlyDictionary<string, string> Errors()
    {
        var errors = new Dictionary<string, string>();
        if (Name is not { Length: > 0 and <= 60 })
        {
            errors["Name"] = "Start.NameMissing";
        }
        else if (!ScheduleNames.IsValid(Name))
        {
            errors["Name"] = $"Refusal.{ScheduleRefusal.NameInvalid}";
        }

        if (Days.Count == 0)
        {
            errors["Days"] = "Start.DaysMissing";
        }

        if (Spans() is null)
        {
            errors["From"] = "Start.HoursShape";
        }

        if (TypedTime.Number(Length) is not (>= 5 and <= 1_440))
        {
            errors["Length"] = "Start.LengthRange";
        }

        if (Names.Count > MostPeople || Names.Any(name => name.Length > 60))
        {
            errors["People"] = "Start.PeopleTooMany";
        }

        return errors;
    }

    /// <summary>Only without <see cref="Errors"/>.</summary>
    /// <param name="zone">IANA zone of the account.</param>
    /// <param name="nobody">What the one resource is called where no name was given.</param>
    public ScheduleDefinition ToDefinition(string zone, string nobody)
    {
        var length = TypedTime.Number(Length)!.Value;
        return new ScheduleDefinition
        {
            Name = Name!,
            TimeZone = zone,
            Resources = [.. (Names.Count == 0 ? [nobody] : Names).Select(name => new Resource { Id = 0, Name = name })],
            OpeningHours = WeeklyHours.On(Days.Select(day => (IsoDayOfWeek)day), [.. Spans()!]),
            Length = AppointmentLength.Fixed(length),
            StepMinutes = length <= 60 ? length : 30,
        };
    }

    /// <summary>The day in one span, or in two around a pause; null where the times make no day.</summary>
    private List<OpeningSpan>? Spans()
    {
        if (TypedTime.Time(From) is not { } from || TypedTime.Time(To) is not { } to || (to != LocalTime.Midnight && to <= from))
        {
            return null;
        }

        if (string.IsNullOrEmpty(PauseFrom) && string.IsNullOrEmpty(PauseTo))
        {
            return [new OpeningSpan(from, to)];
        }

        return TypedTime.Time(PauseFrom) is { } pause && TypedTime.Time(PauseTo) is { } again && from < pause && pause < again && (again < to || to == LocalTime.Midnight)
            ? [new OpeningSpan(from, pause), new OpeningSpan(again, to)]
            : null;
    }
}
