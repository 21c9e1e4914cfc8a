using System.Globalization;

namespace Slotwright.Api;

/// <summary>
/// What a request says, query and body merged: the body wins over the query. Attributes of a booking may be nested
/// (<c>booking[start]</c>) or, when nothing is nested, stand at the top level. A null counts as not sent.
/// </summary>
internal sealed class ApiInput
{
    private readonly string?[] top = new string?[ApiFields.Count];
    private string?[]? nested;
    private ulong givenTop;
    private ulong givenNested;

    /// <summary>A parameter beside the booking; null: not sent.</summary>
    public string? this[ApiField field] => top[(int)field];

    /// <summary>An attribute of the booking; null: not sent.</summary>
    public string? Attribute(ApiField field) => nested is null ? top[(int)field] : nested[(int)field];

    /// <summary>A new source is read: within one source a name may come once, a later source replaces an earlier one.</summary>
    public void BeginSource()
    {
        givenTop = 0;
        givenNested = 0;
    }

    /// <summary>The source has a booking object, even if an empty one.</summary>
    public void HasBooking() => nested ??= new string?[ApiFields.Attributes];

    /// <summary>False: the same source gave the name before with another value.</summary>
    public bool Set(ApiField field, string? value, bool inBooking, bool sameIsFine)
    {
        if (inBooking)
        {
            HasBooking();
            return Put(nested!, ref givenNested, field, value, sameIsFine);
        }

        return Put(top, ref givenTop, field, value, sameIsFine);
    }

    /// <summary>The first thing found wrong while reading; null: all well so far.</summary>
    public ApiError? Error { get; private set; }

    public void Refuse(ApiError error) => Error ??= error;

    /// <summary>Positive 32-bit; an absent, empty or zero one is none; what cannot be an id is an error.</summary>
    public int? ReadId(ApiField field, string? text)
    {
        if (string.IsNullOrEmpty(text) || text == "0")
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            return number;
        }

        // Digits beyond 32 bits name nothing that exists.
        Refuse(text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 ? ApiError.NotFound : ApiError.Bad($"{field.WireName()} is not an id.", ApiError.PointerTo(field)));
        return null;
    }

    /// <summary>As <see cref="ReadId"/>, of a parameter without which the call makes no sense; 0 beside an error.</summary>
    public int ReadRequiredId(ApiField field)
    {
        var id = ReadId(field, this[field]);
        if (id is null)
        {
            Refuse(ApiError.Missing(field));
        }

        return id ?? 0;
    }

    /// <summary>A time; null when it was not sent or is empty.</summary>
    public ApiTime? ReadTime(ApiField field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (ApiTime.Parse(text, field, out var time) is { } error)
        {
            Refuse(error);
            return null;
        }

        return time;
    }

    /// <summary>A whole number from 0 up; absent, empty or zero is the default; more than the most is the most.</summary>
    public int ReadCount(ApiField field, int absent, int most)
    {
        var text = this[field];
        if (string.IsNullOrEmpty(text))
        {
            return absent;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            Refuse(ApiError.Bad($"{field.WireName()} is not a whole number.", ApiError.PointerTo(field)));
            return absent;
        }

        return number == 0 ? absent : (int)Math.Min(number, most);
    }

    /// <summary>
    /// Which customer a call is about, as a normalised e-mail; null: nobody in particular. Customers are not users with ids of their own yet: none
    /// and 0 mean nobody, an address selects by e-mail, any other id is unknown.
    /// </summary>
    public string? ReadUser()
    {
        var text = this[ApiField.User] is { Length: > 0 } user ? user : this[ApiField.UserId];
        if (string.IsNullOrWhiteSpace(text) || text == "0")
        {
            return null;
        }

        if (!text.Contains('@', StringComparison.Ordinal) || text.Length > 254)
        {
            Refuse(ApiError.NotFound);
            return null;
        }

        return Names.FoldEmail(text);
    }

    /// <summary>true, 1, yes and on in any case; anything else is false.</summary>
    public bool Flag(ApiField field) =>
        this[field] is { } text
        && (text == "1"
            || text.Equals("true", StringComparison.OrdinalIgnoreCase)
            || text.Equals("yes", StringComparison.OrdinalIgnoreCase)
            || text.Equals("on", StringComparison.OrdinalIgnoreCase));

    private static bool Put(string?[] values, ref ulong given, ApiField field, string? value, bool sameIsFine)
    {
        var bit = 1UL << (int)field;
        if ((given & bit) != 0)
        {
            return sameIsFine && string.Equals(values[(int)field], value, StringComparison.Ordinal);
        }

        given |= bit;
        if (value is not null)
        {
            values[(int)field] = value;
        }

        return true;
    }
}
