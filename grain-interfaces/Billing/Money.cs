namespace Slotwright.Billing;

/// <summary>An amount of one currency. Amounts of two currencies are never added up.</summary>
/// <param name="Amount">May be negative. What is charged has no more digits than the currency: <see cref="Rounded"/>.</param>
/// <param name="Currency">ISO 4217, three capital letters.</param>
[GenerateSerializer, Immutable, Alias("slotwright.money")]
public readonly record struct Money([property: Id(0)] decimal Amount, [property: Id(1)] string Currency)
{
    private static readonly HashSet<string> WithoutDigits = ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];
    private static readonly HashSet<string> WithThreeDigits = ["BHD", "JOD", "KWD", "OMR", "TND"];

    public static Money Zero(string currency) => new(0, currency);

    /// <summary>To the digits of the currency, a half away from zero.</summary>
    public static Money Rounded(decimal amount, string currency) => new(Math.Round(amount, Digits(currency), MidpointRounding.AwayFromZero), currency);

    /// <summary>From the currency's smallest unit, as rows keep it.</summary>
    public static Money OfMinor(long minor, string currency) => new(minor / Scale(currency), currency);

    /// <summary>In the currency's smallest unit; throws when the amount has more digits than its currency.</summary>
    public long Minor()
    {
        var scaled = Amount * Scale(Currency);
        return decimal.Truncate(scaled) == scaled ? (long)scaled : throw new InvalidOperationException($"{Amount} {Currency} is not rounded.");
    }

    public static int Digits(string currency) => WithoutDigits.Contains(currency) ? 0 : WithThreeDigits.Contains(currency) ? 3 : 2;

    public static Money operator +(Money left, Money right) => new(left.Amount + right.Amount, Same(left, right));

    public static Money operator -(Money left, Money right) => new(left.Amount - right.Amount, Same(left, right));

    public static Money operator -(Money money) => new(-money.Amount, money.Currency);

    public static Money Add(Money left, Money right) => left + right;

    public static Money Subtract(Money left, Money right) => left - right;

    public static Money Negate(Money money) => -money;

    private static string Same(Money left, Money right) => left.Currency == right.Currency
        ? left.Currency
        : throw new InvalidOperationException($"{left.Currency} and {right.Currency} are not added up.");

    private static decimal Scale(string currency) => Digits(currency) switch
    {
        0 => 1m,
        3 => 1000m,
        _ => 100m,
    };
}
