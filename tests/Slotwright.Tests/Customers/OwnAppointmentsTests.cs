using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Mail;
using Slotwright.Pages;

namespace Slotwright.Customers;

/// <summary>A customer sees all their appointments by a link that is mailed to them.</summary>
public sealed partial class OwnAppointmentsTests
{
    private const string Barber = "/schedule/corner-barber";

    [Fact]
    public async Task A_customer_asks_for_a_link_and_finds_every_appointment_of_theirs_behind_it_for_an_hour()
    {
        await using var product = await Product.Start();
        var visitor = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, "nl");
        await Book(visitor, $"{Barber}/Chairs", "2027-01-12T14:30+01:00", "Ada@Example.com");
        await Book(visitor, $"{Barber}/Chairs", "2027-01-13T14:30+01:00", "ada@example.com");
        await Book(visitor, $"{Barber}/Chairs", "2027-01-14T14:30+01:00", "other@example.com");
        await visitor.Open($"{Barber}/my-appointments");
        await visitor.Submit("#own", new Dictionary<string, string> { ["Email"] = "ADA@example.com" });
        Assert.StartsWith("Als er afspraken zijn", visitor.Text("[role=status]"), StringComparison.Ordinal);

        var mail = await Mail(product, "Je afspraken bij The Corner Barber");
        var link = LinkIn().Match(mail.Text).Value;
        await visitor.Open(link[link.IndexOf("/schedule", StringComparison.Ordinal)..]);

        Assert.Equal("ada@example.com", mail.Listing.To);
        Assert.Equal(2, visitor.Page.QuerySelectorAll("a.row").Length);
        Assert.Equal("no-referrer", Assert.Single(visitor.Answer.Headers.GetValues("Referrer-Policy")));
        await visitor.Follow("a.row");
        Assert.Equal(HttpStatusCode.OK, visitor.Status);
        Assert.Contains("/appointment/", visitor.Address.AbsolutePath, StringComparison.Ordinal);

        product.Clock.Advance(Duration.FromHours(1));
        await visitor.Open(link[link.IndexOf("/schedule", StringComparison.Ordinal)..]);
        Assert.Equal((HttpStatusCode.Gone, "Deze link werkt niet meer"), (visitor.Status, visitor.Heading));
    }

    [Fact]
    public async Task A_link_opens_nothing_at_another_account_and_a_forged_one_nothing_at_all()
    {
        await using var product = await Product.Start();
        var visitor = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, "en");
        await Book(visitor, $"{Barber}/Chairs", "2027-01-12T14:30+01:00", "ada@example.com");
        await Ask(visitor, "ada@example.com");
        var mail = await Mail(product, "Your appointments at The Corner Barber");
        var link = LinkIn().Match(mail.Text).Value;
        var token = link[(link.LastIndexOf('/') + 1)..];

        Assert.True(token.Length >= 22 + 32, "two times 128 bits");
        foreach (var address in new[] { $"/schedule/harbour-yoga/my-appointments/{token}", $"{Barber}/my-appointments/{token[..^1]}x", $"{Barber}/my-appointments/{new string('A', 54)}" })
        {
            await visitor.Open(address);
            Assert.Equal(HttpStatusCode.Gone, visitor.Status);
            Assert.DoesNotContain("ada@example.com", visitor.Source, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whoever_asks_for_others_learns_nothing_and_fills_nobodys_mailbox()
    {
        await using var product = await Product.Start();
        var visitor = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, "en");
        await Book(visitor, $"{Barber}/Chairs", "2027-01-12T14:30+01:00", "ada@example.com");
        var store = product.Services.GetRequiredService<ICustomerStore>();

        await Ask(visitor, "stranger@example.com");
        var toStranger = (visitor.Status, visitor.Text("main"));
        await Ask(visitor, "ada@example.com");
        var toCustomer = (visitor.Status, visitor.Text("main"));
        for (var more = 0; more < 6; more++)
        {
            await Ask(visitor, "ada@example.com");
        }

        await Ask(visitor, "no address");
        Assert.NotNull(visitor.Page.QuerySelector(".error"));

        Assert.Equal(toStranger, toCustomer);
        await Mail(product, "Your appointments at The Corner Barber");
        var written = product.Services.GetRequiredService<IWrittenMails>();
        await Processes.Eventually.Holds(
            async () => (await written.List(1000)).Count(mail => mail.Subject.StartsWith("Your appointments", StringComparison.Ordinal)) == 3, TimeSpan.FromSeconds(20), "three links were mailed");
        Assert.DoesNotContain(await written.List(1000), mail => mail.To == "stranger@example.com");
        Assert.False(await store.Knows((await product.Find("corner-barber", "Chairs")).AccountId, "stranger@example.com", default));
    }

    private static async Task Ask(Visitor visitor, string email)
    {
        await visitor.Open($"{Barber}/my-appointments");
        await visitor.Submit("#own", new Dictionary<string, string> { ["Email"] = email });
    }

    private static async Task Book(Visitor visitor, string page, string at, string email)
    {
        await visitor.Open($"{page}/book?at={Uri.EscapeDataString(at)}");
        await visitor.Submit("#booking", new Dictionary<string, string> { ["Name"] = "Ada", ["Email"] = email });
        Assert.Equal(HttpStatusCode.OK, visitor.Status);
    }

    private static async Task<WrittenMail> Mail(Product product, string subject)
    {
        var written = product.Services.GetRequiredService<IWrittenMails>();
        WrittenMailListing? found = null;
        await Processes.Eventually.Holds(
            async () => (found = (await written.List(1000)).FirstOrDefault(mail => mail.Subject == subject)) is not null, TimeSpan.FromSeconds(20), $"'{subject}' was mailed");
        return (await written.Read(found!.Id))!;
    }

    [GeneratedRegex(@"http\S+/my-appointments/\S+")]
    private static partial Regex LinkIn();
}
