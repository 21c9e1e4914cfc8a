namespace Slotwright.Exports;

/// <summary>Text that a spreadsheet program shows and never runs.</summary>
public static class SpreadsheetText
{
    // What begins a formula, in the letters of East Asia too; and what some programs skip before they look.
    private const string Beginnings = "=+-@\t\r\n\0＝＋－＠";

    /// <summary>With an apostrophe in front where it might be taken for a formula: +49 30 1234 stays readable, =HYPERLINK(…) stays text.</summary>
    public static string Safe(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().TrimStart() is [var first, ..] && (Beginnings.Contains(first, StringComparison.Ordinal) || Beginnings.Contains(text[0], StringComparison.Ordinal)) ? "'" + text : text;
    }
}
