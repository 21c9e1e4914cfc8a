using Microsoft.Extensions.DependencyInjection;
using Slotwright.Accounts;
using Slotwright.Mail;
using Slotwright.Pages;
using Slotwright.Platform;
using Slotwright.Processes;
using Slotwright.Resellers;
using Slotwright.WhiteLabel;

namespace Slotwright.Tenancy;

/// <summary>A reseller's client on a host of its own, seen by customer and owner: nowhere a trace of the platform.</summary>
public sealed class WhiteLabelCrawlTests
{
    private const string Canary = "Zyqwordia";

    [Fact, Trait("Requirement", "11"), Trait("Requirement", "15")]
    public async Task Nothing_that_a_customer_or_the_owner_of_a_resellers_client_can_reach_tells_of_the_platform()
    {
        await using var hosted = await HostedProduct.Start($"--Platform:Name={Canary}", "--Platform:NoReplyAddress=no-reply@post.example");
        await Dress(hosted.Product);
        var faults = new List<string>();
        foreach (var language in new[] { "en", "fr", "nl" })
        {
            var (customer, owner) = (hosted.Visitor(HostedProduct.BarberHost, language), hosted.Visitor(HostedProduct.BarberHost, language));
            var day = language switch { "en" => 12, "fr" => 13, _ => 14 };
            var manage = await HostedProduct.Book(customer, "/Chairs", $"2027-01-{day}T14:30+01:00");
            await customer.Open("/my-appointments");
            await customer.Submit("#own", new Dictionary<string, string> { ["Email"] = "ada@example.com" });
            await owner.SignIn("corner-barber", "demo-corner-barber");
            await foreach (var visitor in new Crawl(customer, "/", manage.PathAndQuery, "/nothing", "/appointment/1/x", "/signin", "/api/schedules.json", "/api/nothing", "/openapi/v1.json", "/favicon.ico", "/robots.txt", "/reseller", "/error").Walk())
            {
                faults.AddRange(Traces(visitor));
            }

            await foreach (var visitor in new Crawl(owner, "/dashboard", "/dashboard/nothing").Walk())
            {
                faults.AddRange(Traces(visitor));
            }
        }

        var written = hosted.Product.Services.GetRequiredService<IWrittenMails>();
        await Eventually.Holds(async () => (await written.List(1000)).Count(mail => mail.To == "ada@example.com") >= 6, TimeSpan.FromSeconds(30), "three bookings and three links were mailed");
        foreach (var listing in await written.List(1000))
        {
            var mail = (await written.Read(listing.Id))!;
            Assert.True(listing.To != "ada@example.com" || mail.Raw.Contains("<hello@corner-barber.example>", StringComparison.Ordinal), mail.Raw);
            faults.AddRange(Traces($"mail '{listing.Subject}'", string.Join('\n', mail.Raw, mail.Text, mail.Html, mail.Calendar)));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    /// <summary>With all that a reseller can set for a client: sender and key, look, help, advert line.</summary>
    private static async Task Dress(Product product)
    {
        var face = (await (await product.Account("corner-barber")).Face())!;
        var reseller = product.Grains.Reseller(face.ResellerId!.Value);
        await reseller.ChangeSettings(new ResellerSettings { Support = new SupportDetails { Name = "Atelier Hotline", Email = "hotline@atelier.example" }, AdvertLine = "Made by the Atelier" });
        Assert.True((await reseller.ChangeDefaultColours("#205080", "#ffffff")).Accepted);
        var (pem, shown) = SenderRules.NewKey();
        Assert.True(await product.Services.GetRequiredService<IWhiteLabelStore>().PutSender(
            new SenderRow
            {
                AccountId = face.Id,
                Scope = WhiteLabelScope.Own,
                Address = "hello@corner-barber.example",
                Domain = "corner-barber.example",
                Selector = "m1",
                KeySealed = product.Services.GetRequiredService<ISecrets>().Seal(SenderRules.KeyPurpose, pem),
                KeyPublic = shown,
                Records = new SenderRecords(RecordState.Good, RecordState.Good, RecordState.Good),
                ChangedAt = product.Clock.GetCurrentInstant(),
                CheckedAt = null,
                NextCheckAt = null,
            },
            face.ResellerId));
    }

    private static IEnumerable<string> Traces(Visitor visitor) => Traces(
        visitor.Address.PathAndQuery,
        string.Join('\n', visitor.Source, visitor.Answer.Headers.ToString(), visitor.Answer.Content.Headers.ToString(), string.Join('\n', visitor.SetCookies)));

    private static IEnumerable<string> Traces(string where, string text)
    {
        foreach (var trace in new[] { Canary, "slotwright", $"//{HostedProduct.PlatformHost}", "harbour-yoga" })
        {
            var at = text.IndexOf(trace, StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
            {
                yield return $"{where}: …{text[Math.Max(0, at - 60)..Math.Min(text.Length, at + trace.Length + 40)].ReplaceLineEndings(" ")}…";
            }
        }
    }
}
