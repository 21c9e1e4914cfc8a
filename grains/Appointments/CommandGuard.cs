namespace Slotwright.Appointments;

/// <summary>
/// The last check of a command's shape before it is stored. Edges validate with better words; whatever passes them wrongly is a
/// bug there, so this throws.
/// </summary>
internal static class CommandGuard
{
    private static readonly string[] Languages = ["en", "fr", "nl"];

    public static void Check(CustomerDetails customer, string note, string language, Actor actor, RepeatKey? key)
    {
        ArgumentNullException.ThrowIfNull(customer);
        ArgumentNullException.ThrowIfNull(actor);
        Length(customer.Name, 100, "name");
        Length(customer.Email, 254, "e-mail");
        Length(customer.Phone, 40, "phone");
        Length(customer.Mobile, 40, "mobile");
        Length(customer.Address, 300, "address");
        Length(customer.Country, 2, "country");
        Length(note, 2000, "note");
        Length(actor.Name, 254, "actor");
        if (customer.Fields.Count > 5)
        {
            throw new ArgumentException("More fields than an account has.");
        }

        foreach (var (field, value) in customer.Fields)
        {
            Length(field, 20, "field name");
            Length(value, 500, field);
        }

        if (!Languages.Contains(language))
        {
            throw new ArgumentException($"'{language}' is not a language of ours.");
        }

        if (key is not null)
        {
            Length(key.Credential, 40, "credential");
            Length(key.Key, 255, "key");
            Length(key.Fingerprint, 64, "fingerprint");
        }
    }

    public static void Check(HoldPlace command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Length(command.Visitor, 64, "visitor");
        Length(command.Address, 64, "address");
    }

    private static void Length(string? value, int most, string what)
    {
        // NUL cannot be stored by every database, so it is nobody's name.
        if (value is null || value.Length > most || value.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"The {what} is missing, longer than {most} characters, or holds a NUL character.");
        }
    }
}
