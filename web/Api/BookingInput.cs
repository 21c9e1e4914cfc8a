using System.Buffers;
using Slotwright.Appointments;
using Slotwright.Schedules;

namespace Slotwright.Api;

/// <summary>Turns the attributes of a booking into who comes and what they said, or says which one cannot be kept.</summary>
internal static class BookingInput
{
    private const int LongestNote = 2_000;

    private static readonly SearchValues<char> NoPartOfEmail = SearchValues.Create(" \t<>()[],;:\\\"");

    private static readonly ApiField[] OwnFields = [ApiField.Field1, ApiField.Field2, ApiField.Field1R, ApiField.Field2R, ApiField.SuperField];

    /// <summary>True: at least one attribute beside the time was sent.</summary>
    public static bool HasDetails(ApiInput input)
    {
        for (var field = ApiField.Email; field <= ApiField.SuperField; field++)
        {
            if (input.Attribute(field) is not null)
            {
                return true;
            }
        }

        return input.Attribute(ApiField.Description) is not null || input.Attribute(ApiField.Name) is not null;
    }

    /// <summary>
    /// The present details with what was sent put over them; an empty text empties. What cannot be kept is the input's error.
    /// </summary>
    public static (CustomerDetails Customer, string Note) ReadDetails(ApiInput input, CustomerDetails present, string presentNote)
    {
        var customer = new CustomerDetails
        {
            Name = input.Attribute(ApiField.FullName) ?? NameOf(input, present) ?? present.Name,
            Email = (input.Attribute(ApiField.Email) ?? present.Email).Trim(),
            Phone = input.Attribute(ApiField.Phone) ?? present.Phone,
            Mobile = input.Attribute(ApiField.Mobile) ?? present.Mobile,
            Address = input.Attribute(ApiField.Address) ?? present.Address,
            Country = (input.Attribute(ApiField.Country) ?? present.Country).Trim().ToUpperInvariant(),
            Fields = OwnFieldsOf(input, present),
        };
        var note = input.Attribute(ApiField.Description) ?? presentNote;
        if (Check(customer, note) is { } error)
        {
            input.Refuse(error);
        }

        return (customer, note);
    }

    /// <summary>A resource is given by its name and not by its id.</summary>
    public static bool NamesResource(ApiInput input) =>
        input.Attribute(ApiField.ResName) is { Length: > 0 } && input.Attribute(ApiField.ResourceId) is null or "" or "0";

    /// <summary>When and where, as far as it was sent.</summary>
    /// <param name="input">What was sent.</param>
    /// <param name="schedule">Needed when a resource is given by name; null: no name is looked up.</param>
    public static WantedPlace ReadPlace(ApiInput input, ScheduleFace? schedule)
    {
        if (input.Attribute(ApiField.Quantity) is not (null or "" or "0" or "1"))
        {
            input.Refuse(ApiError.Invalid("quantity_not_offered", "A resource holds one appointment at a time", ApiField.Quantity));
        }

        var resourceId = input.ReadId(ApiField.ResourceId, input.Attribute(ApiField.ResourceId));
        if (schedule is not null && resourceId is null && input.Attribute(ApiField.ResName) is { Length: > 0 } name)
        {
            resourceId = ResourceByName(schedule, name);
        }

        return new WantedPlace(
            input.ReadTime(ApiField.Start, input.Attribute(ApiField.Start)),
            input.ReadTime(ApiField.Finish, input.Attribute(ApiField.Finish)),
            resourceId);
    }

    /// <summary>Compared as names are; null: the schedule has none of this name.</summary>
    public static int? ResourceByName(ScheduleFace schedule, string name)
    {
        if (name.Length > 120)
        {
            return null;
        }

        var folded = Names.Fold(name);
        foreach (var resource in schedule.Resources)
        {
            if (Names.Fold(resource.Name) == folded)
            {
                return resource.Id;
            }
        }

        return null;
    }

    /// <summary>The login name some clients send stands in for the full name where there is none.</summary>
    private static string? NameOf(ApiInput input, CustomerDetails present) =>
        present.Name.Length == 0 ? input.Attribute(ApiField.Name) : null;

    private static ApiError? Check(CustomerDetails customer, string note) =>
        Line(ApiField.FullName, customer.Name, 100)
        ?? Line(ApiField.Email, customer.Email, 254)
        ?? Line(ApiField.Phone, customer.Phone, 40)
        ?? Line(ApiField.Mobile, customer.Mobile, 40)
        ?? Lines(ApiField.Address, customer.Address, 300)
        ?? Line(ApiField.Country, customer.Country, 2)
        ?? Lines(ApiField.Description, note, LongestNote)
        ?? CheckOwnFields(customer)
        ?? CheckEmail(customer.Email)
        ?? CheckCountry(customer.Country);

    private static ApiError? CheckOwnFields(CustomerDetails customer)
    {
        if (customer.Fields.Count == 0)
        {
            return null;
        }

        foreach (var field in OwnFields)
        {
            if (customer.Fields.TryGetValue(field.WireName(), out var value) && Lines(field, value, 500) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static ApiError? CheckEmail(string email) =>
        email.Length == 0 || IsEmail(email) ? null : ApiError.Invalid("email_invalid", "E-mail is not a valid address", ApiField.Email);

    private static ApiError? CheckCountry(string country) =>
        country.Length == 0 || (country.Length == 2 && char.IsAsciiLetter(country[0]) && char.IsAsciiLetter(country[1]))
            ? null
            : ApiError.Invalid("country_invalid", "Country is not a code of two letters", ApiField.Country);

    private static bool IsEmail(string email)
    {
        var at = email.IndexOf('@', StringComparison.Ordinal);
        var domain = email.AsSpan(at + 1);
        return at is > 0 and <= 64
            && email.AsSpan().IndexOfAny(NoPartOfEmail) < 0
            && domain.Length > 0
            && !domain.Contains('@')
            && domain[0] is not '.' and not '-'
            && domain[^1] is not '.' and not '-'
            && domain.IndexOf("..", StringComparison.Ordinal) < 0;
    }

    private static IReadOnlyDictionary<string, string> OwnFieldsOf(ApiInput input, CustomerDetails present)
    {
        Dictionary<string, string>? fields = null;
        foreach (var field in OwnFields)
        {
            if (input.Attribute(field) is not { } value)
            {
                continue;
            }

            fields ??= new Dictionary<string, string>(present.Fields);
            if (value.Length == 0)
            {
                fields.Remove(field.WireName());
            }
            else
            {
                fields[field.WireName()] = value;
            }
        }

        return fields ?? present.Fields;
    }

    private static ApiError? Line(ApiField field, string value, int most) => Text(field, value, most, linesToo: false);

    private static ApiError? Lines(ApiField field, string value, int most) => Text(field, value, most, linesToo: true);

    private static ApiError? Text(ApiField field, string value, int most, bool linesToo)
    {
        if (value.Length > most)
        {
            return ApiError.Invalid("too_long", $"{field.WireName()} is longer than {most} characters", field);
        }

        for (var i = 0; i < value.Length; i++)
        {
            var character = value[i];
            // What turns the direction of writing changes how the rest of a page reads.
            var turns = character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
            if (turns || (char.IsControl(character) && !(linesToo && character is '\n' or '\r' or '\t')))
            {
                return ApiError.Invalid("invalid_text", $"{field.WireName()} holds characters that are no text", field);
            }

            if (char.IsSurrogate(character))
            {
                if (!char.IsHighSurrogate(character) || i + 1 == value.Length || !char.IsLowSurrogate(value[i + 1]))
                {
                    return ApiError.Invalid("invalid_text", $"{field.WireName()} holds characters that are no text", field);
                }

                i++;
            }
        }

        return null;
    }
}

/// <summary>Each part is null when it was not sent.</summary>
internal readonly record struct WantedPlace(ApiTime? Start, ApiTime? Finish, int? ResourceId)
{
    public bool IsEmpty => Start is null && Finish is null && ResourceId is null;
}
