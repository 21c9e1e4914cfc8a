using Microsoft.Extensions.Localization;
using SkiaSharp;
using Slotwright.Localisation;

namespace Slotwright.Billing;

/// <summary>A statement on paper: A4, as many sheets as it needs. The page is the truth; this says the same.</summary>
public sealed class StatementPdf(IStringLocalizer<BillingWords> text)
{
    private const float Width = 595;
    private const float Height = 842;
    private const float Edge = 48;
    private const float LineHeight = 17;
    private const float Floor = Height - 60;

    private static readonly Lazy<SKTypeface> Plain = new(() => Face("DejaVuSans.ttf"));
    private static readonly Lazy<SKTypeface> Bold = new(() => Face("DejaVuSans-Bold.ttf"));

    // Right edges of the amounts; the texts begin at the left ones.
    private static readonly float[] Amounts = [352, 410, 464, 504, Width - Edge];

    public byte[] Write(Statement statement, string issuer)
    {
        ArgumentNullException.ThrowIfNull(statement);
        using var stream = new MemoryStream();
        var metadata = new SKDocumentPdfMetadata { Title = Title(statement), Author = issuer, Creator = issuer, Producer = issuer };
        using (var document = SKDocument.CreatePdf(stream, metadata))
        {
            var lines = new Queue<StatementLine>(statement.Lines);
            for (var sheet = 1; sheet == 1 || lines.Count > 0; sheet++)
            {
                var canvas = document.BeginPage(Width, Height);
                Sheet(new Pen(canvas), statement, issuer, lines, sheet);
                document.EndPage();
            }

            document.Close();
        }

        return stream.ToArray();
    }

    private string Title(Statement statement) => text["Statement.TitleOf", BillingText.Month(statement.Heading.Month)].Value;

    private void Sheet(Pen pen, Statement statement, string issuer, Queue<StatementLine> lines, int sheet)
    {
        var y = Edge + 12;
        pen.Say(issuer, Edge, y, 9, soft: true);
        pen.SayTo(text["Statement.Sheet", sheet].Value, Width - Edge, y, 9, soft: true);
        pen.Say(Title(statement), Edge, y += 34, 18, bold: true);
        pen.Say(text["Statement.For", statement.Payer].Value, Edge, y += 22, 10);
        pen.SayTo(statement.Heading.Number is { } number ? text["Statement.NumberOf", number].Value : text["Statement.Open"].Value, Width - Edge, y, 10);
        y = Headings(pen, y + 34);
        while (lines.TryPeek(out var line) && y < Floor - (lines.Count == 1 ? 4 * LineHeight : 0))
        {
            Line(pen, statement, lines.Dequeue(), y);
            y += 2 * LineHeight;
        }

        if (lines.Count == 0)
        {
            Totals(pen, statement, y);
        }
    }

    private float Headings(Pen pen, float y)
    {
        pen.Say(text["Statement.Client"].Value, Edge, y, 8, soft: true);
        var columns = (string[])["List", "Discount", "Net", "Vat", "Total"];
        for (var i = 0; i < columns.Length; i++)
        {
            pen.SayTo(text[$"Statement.{columns[i]}"].Value, Amounts[i], y, 8, soft: true);
        }

        pen.Rule(y + 6);
        return y + 22;
    }

    private void Line(Pen pen, Statement statement, StatementLine line, float y)
    {
        pen.Say(Shortened($"{line.AccountName} · {line.PlanName}", 34), Edge, y, 9, bold: true);
        var kind = line.Kind == LedgerKind.Credit ? text["Ledger.Credit"].Value + " · " : "";
        pen.Say(kind + BillingText.Period(line.PeriodFrom, line.PeriodTo, statement.TimeZone), Edge, y + 12, 8, soft: true);
        var amounts = (Money[])[line.Price.List, -line.Price.Discount, line.Price.Net, line.Price.Vat, line.Price.Total];
        for (var i = 0; i < amounts.Length; i++)
        {
            pen.SayTo(amounts[i].Said(), Amounts[i], y, 9);
        }

        pen.Rule(y + 20);
    }

    private void Totals(Pen pen, Statement statement, float y)
    {
        var heading = statement.Heading;
        pen.Say(text["Statement.Sum"].Value, Edge, y + 8, 10, bold: true);
        pen.SayTo(heading.Net.Said(), Amounts[2], y + 8, 9);
        pen.SayTo(heading.Vat.Said(), Amounts[3], y + 8, 9);
        pen.SayTo(heading.Total.Said(), Amounts[4], y + 8, 10, bold: true);
        pen.Say(text.Standing(heading), Edge, y + 30, 9, soft: true);
    }

    private static string Shortened(string value, int most) => value.Length <= most ? value : value[..(most - 1)] + "…";

    private static SKTypeface Face(string file)
    {
        using var font = typeof(StatementPdf).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"There is no font '{file}'");
        return SKTypeface.FromStream(font);
    }

    /// <summary>Writes on one sheet.</summary>
    private sealed class Pen(SKCanvas canvas)
    {
        private static readonly SKColor Ink = new(0x1c, 0x24, 0x30);
        private static readonly SKColor Soft = new(0x56, 0x61, 0x70);
        private static readonly SKColor Hairline = new(0xd5, 0xda, 0xe0);

        public void Say(string words, float x, float y, float size, bool bold = false, bool soft = false) => Write(words, x, y, SKTextAlign.Left, size, bold, soft);

        /// <summary>Ends at <paramref name="x"/>.</summary>
        public void SayTo(string words, float x, float y, float size, bool bold = false, bool soft = false) => Write(words, x, y, SKTextAlign.Right, size, bold, soft);

        public void Rule(float y)
        {
            using var paint = new SKPaint { Color = Hairline, StrokeWidth = 0.7f, IsStroke = true };
            canvas.DrawLine(Edge, y, Width - Edge, y, paint);
        }

        private void Write(string words, float x, float y, SKTextAlign align, float size, bool bold, bool soft)
        {
            using var font = new SKFont((bold ? Bold : Plain).Value, size);
            using var paint = new SKPaint { Color = soft ? Soft : Ink, IsAntialias = true };

            // The font has no narrow no-break space, which French writes in numbers.
            canvas.DrawText(words.Replace('\u202F', '\u00A0'), x, y, align, font, paint);
        }
    }
}
