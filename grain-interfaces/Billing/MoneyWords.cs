using System.Globalization;

namespace Slotwright.Billing;

/// <summary>Amounts as people of a language write them.</summary>
public static class MoneyWords
{
    private static readonly Dictionary<string, string> Symbols = new() { ["EUR"] = "€", ["USD"] = "$", ["GBP"] = "£", ["JPY"] = "¥" };

    /// <summary>"€8.00" in English, "8,00 €" in French, "€ 8,00" in Dutch; a currency without a sign by its code. What is negative has a minus before it.</summary>
    public static string In(this Money money, CultureInfo language)
    {
        ArgumentNullException.ThrowIfNull(language);
        var format = (NumberFormatInfo)language.NumberFormat.Clone();
        format.CurrencySymbol = Symbols.GetValueOrDefault(money.Currency, money.Currency);
        format.CurrencyDecimalDigits = Money.Digits(money.Currency);
        var amount = Math.Abs(money.Amount).ToString("C", format);
        return money.Amount < 0 ? "−" + amount : amount;
    }
}
