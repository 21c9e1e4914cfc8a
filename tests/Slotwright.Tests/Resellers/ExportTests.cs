using System.IO.Compression;
using System.Text;
using MiniExcelLibs;
using Slotwright.Accounts;
using Slotwright.Exports;
using Slotwright.Pages.Resellers.Clients;
using Slotwright.Platform;
using Slotwright.Setup;

namespace Slotwright.Resellers;

public sealed class ExportTests
{
    [Theory, Trait("Fault", "39")]
    [InlineData("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")")]
    [InlineData("+49 30 1234567", "'+49 30 1234567")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("  =1", "'  =1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("José & Zoë", "José & Zoë")]
    [InlineData("0612345678", "0612345678")]
    [InlineData("", "")]
    public void What_might_be_a_formula_is_text_and_stays_readable(string text, string shown) => Assert.Equal(shown, SpreadsheetText.Safe(text));

    [Theory, Trait("Fault", "39")]
    [InlineData(" =1+1", "' =1+1")]
    [InlineData("\0=1", "'\0=1")]
    [InlineData("note; =1", "\"note; =1\"")]
    [InlineData("José", "José")]
    public void A_clients_own_table_of_appointments_runs_nothing_either(string text, string cell) => Assert.Equal(cell, CsvRows.Cell(text));

    [Fact, Trait("Requirement", "92"), Trait("Requirement", "93"), Trait("Requirement", "94"), Trait("Fault", "39")]
    public async Task A_reseller_gets_a_line_for_each_client_as_workbook_and_as_text_in_its_own_language()
    {
        await using var product = await Product.Start();
        var barber = (await (await product.Account("corner-barber")).Face())!;
        await product.Grains.SignUp().OpenAccount(new OpenAccount
        {
            Name = "evil",
            OwnerEmail = "=cmd|x@evil.example",
            OwnerPassword = "four unusual words here",
            ResellerId = barber.ResellerId,
            Brand = barber.Brand with { DisplayName = "Evil" },
        });
        var table = await product.Account("petite-table");
        await table.StartTrial();
        await product.Grains.Reseller(barber.ResellerId!.Value).NotePrice((await table.Face())!.Id, new AskedPrice(45.5m, AskedEvery.Month, "=site included"));
        await Owner.Of(product, "petite-table");
        var reseller = await Owner.Of(product, "atelier-web", "fr");

        var csv = await Read(reseller, "csv");
        Assert.Equal(new byte[] { 0xEF, 0xBB, 0xBF }, csv.Bytes[..3]);
        Assert.StartsWith("attachment; filename=atelier-web-2027-01-12.csv", csv.Disposition, StringComparison.Ordinal);
        var lines = Encoding.UTF8.GetString(csv.Bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Compte,Administrateur,État,Offre,Rendez-vous à venir,Limite,Domaine,Créé le,Dernière connexion,Prix,Conditions du prix,Essai utilisé", lines[0]);
        Assert.Equal((await product.Grains.Reseller(barber.ResellerId!.Value).Clients()).Count, lines.Length - 1);
        var line = lines.Single(line => line.StartsWith("petite-table,", StringComparison.Ordinal)).Split(',');
        Assert.Equal(("owner@petite-table.example", "essai", "sans limite", "2027-01-12 09:00", "2027-01-12 09:00", "45.5", "par mois · =site included", "oui"), (line[1], line[2], line[5], line[7], line[8], line[9], line[10], line[11]));
        Assert.Contains("evil,'=cmd|x@evil.example,", string.Join('\n', lines), StringComparison.Ordinal);

        var workbook = await Read(reseller, "xlsx");
        using var stream = new MemoryStream(workbook.Bytes);
        var rows = stream.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(lines.Length - 1, rows.Count);
        var row = rows.Single(row => (string)row["Compte"] == "petite-table");
        Assert.Equal(("essai", new DateTime(2027, 1, 12, 9, 0, 0)), ((string)row["État"], (DateTime)row["Créé le"]));
        Assert.Equal("'=cmd|x@evil.example", rows.Single(one => (string)one["Compte"] == "evil")["Administrateur"]);
        using var archive = new ZipArchive(new MemoryStream(workbook.Bytes));
        foreach (var part in archive.Entries.Where(part => part.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(part.Open());
            Assert.DoesNotContain("<x:f", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_reseller_without_clients_gets_the_headings()
    {
        await using var product = await Product.Start();
        var brand = (await (await product.Account("harbour-yoga")).Face())!.Brand;
        await product.Grains.SignUp().OpenAccount(new OpenAccount
        {
            Name = "empty-one",
            OwnerEmail = "owner@empty-one.example",
            OwnerPassword = "demo-empty-one",
            Brand = brand,
            AsReseller = new SupportDetails { Name = "Empty" },
        });
        var reseller = await Owner.Of(product, "empty-one");

        var csv = await Read(reseller, "csv", "empty-one");
        var workbook = await Read(reseller, "xlsx", "empty-one");

        Assert.StartsWith("Account,Administrator,", Encoding.UTF8.GetString(csv.Bytes[3..]), StringComparison.Ordinal);
        using var stream = new MemoryStream(workbook.Bytes);
        Assert.Equal("Account", ((IDictionary<string, object>)stream.Query().Single())["A"]);
    }

    private static async Task<(byte[] Bytes, string Disposition)> Read(Pages.Visitor visitor, string format, string account = "atelier-web")
    {
        using var answer = await visitor.Ask(HttpMethod.Get, new Uri(visitor.Address, Links.ResellerExport(account, format)));
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        return (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), answer.Content.Headers.ContentDisposition!.ToString());
    }
}
