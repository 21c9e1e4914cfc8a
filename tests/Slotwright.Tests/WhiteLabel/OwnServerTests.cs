using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Slotwright.Mail;
using Slotwright.Platform;
using Slotwright.Setup;

namespace Slotwright.WhiteLabel;

/// <summary>Mail servers that accounts name: nothing of our own network is reached by them.</summary>
public sealed class OwnServerTests
{
    [Theory, Trait("Fault", "13")]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:7f00:1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("fc00::1")]
    [InlineData("fd12::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    public void Addresses_that_are_not_the_public_nets_are_none(string address) => Assert.False(PublicAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("2a00:1450:4001::1")]
    [InlineData("::ffff:8.8.8.8")]
    public void Addresses_of_the_public_net_are(string address) => Assert.True(PublicAddresses.Contains(IPAddress.Parse(address)));

    [Fact, Trait("Fault", "13")]
    public async Task A_server_whose_name_leads_inside_is_refused_as_it_is_set_and_as_it_is_reached()
    {
        var book = new Book();
        await using var product = await Product.Start(builder => builder.Services.AddSingleton<IAddressBook>(book));
        var account = (await product.Grains.Directory().AccountByName("harbour-yoga"))!.AccountId;
        var grain = product.Grains.WhiteLabel(account);
        MailServerChange To(string host, int port = 587) => new() { Host = host, Port = port, Security = MailServerSecurity.StartTls, User = "u", Password = "p" };

        foreach (var spelling in new[] { "127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.1", "127.1", "[::1]", "::1", "[::ffff:7f00:1]", "localhost", "a b", "" })
        {
            Assert.Equal(WhiteLabelRefusal.ServerInvalid, (await grain.ChangeMailServer(WhiteLabelScope.Own, To(spelling), null)).Refusal);
        }

        foreach (var inside in new[] { new[] { "127.0.0.1" }, ["169.254.169.254"], ["8.8.8.8", "10.0.0.1"], [] })
        {
            book.Addresses = inside;
            Assert.Equal(WhiteLabelRefusal.ServerNotPublic, (await grain.ChangeMailServer(WhiteLabelScope.Own, To("smtp.evil.example"), null)).Refusal);
        }

        book.Addresses = ["8.8.8.8"];
        foreach (var port in new[] { 0, 22, 80, 5432, 70_000 })
        {
            Assert.Equal(WhiteLabelRefusal.PortInvalid, (await grain.ChangeMailServer(WhiteLabelScope.Own, To("smtp.evil.example", port), null)).Refusal);
        }

        Assert.True((await grain.ChangeMailServer(WhiteLabelScope.Own, To("smtp.evil.example"), null)).Accepted);

        // The name answers otherwise by now: it is looked at again before the line is opened.
        book.Addresses = ["127.0.0.1"];
        Assert.Equal(MailTryResult.NotPublic, (await grain.TryMailServer(WhiteLabelScope.Own, "owner@harbour-yoga.example", "en"))!.Result);
    }

    [Fact]
    public async Task A_password_is_sealed_never_shown_and_kept_only_for_the_server_and_user_it_was_typed_for()
    {
        await using var product = await Product.Start(builder => builder.Services.AddSingleton<IAddressBook>(new Book { Addresses = ["8.8.8.8"] }));
        var owner = await Owner.Of(product, "harbour-yoga");
        await owner.Open("/a/harbour-yoga/settings/mail-server");
        Task Change(string host, string user, string password) => owner.Submit(
            "#change", new Dictionary<string, string> { ["Host"] = host, ["Port"] = "587", ["Security"] = "1", ["User"] = user, ["Password"] = password }, "#change button");

        await Change("smtp.harbour.example", "yoga", "correct horse 9");

        Assert.Equal(HttpStatusCode.OK, owner.Status);
        Assert.Equal("yoga", owner.Page.QuerySelector("#field-User")!.GetAttribute("value"));
        Assert.DoesNotContain("correct horse", owner.Source, StringComparison.Ordinal);
        var store = product.Services.GetRequiredService<IWhiteLabelStore>();
        var account = (await product.Grains.Directory().AccountByName("harbour-yoga"))!.AccountId;
        var kept = (await store.MailServer(account, WhiteLabelScope.Own))!.PasswordSealed;
        Assert.DoesNotContain("correct", kept, StringComparison.Ordinal);
        Assert.Equal("correct horse 9", product.Services.GetRequiredService<ISecrets>().Unseal(SenderRules.PasswordPurpose, kept));

        // The same place with another protection keeps it; another server is not sent it.
        await Change("smtp.harbour.example", "yoga", "");
        Assert.Equal(kept, (await store.MailServer(account, WhiteLabelScope.Own))!.PasswordSealed);
        await Change("smtp.elsewhere.example", "yoga", "");
        Assert.Contains("type the password again", owner.Text("#field-Password-error"), StringComparison.Ordinal);
        Assert.Equal("smtp.harbour.example", (await store.MailServer(account, WhiteLabelScope.Own))!.Host);
    }

    [Fact]
    public async Task A_test_mail_says_how_it_went()
    {
        await using var sink = new SmtpSink();
        await using var product = await Product.Start(null, "--WhiteLabel:AllowPrivateMailServers=true");
        var owner = await Owner.Of(product, "harbour-yoga");
        await owner.Open("/a/harbour-yoga/settings/mail-server");
        await owner.Submit("#change", new Dictionary<string, string> { ["Host"] = "127.0.0.1", ["Port"] = $"{sink.Port}", ["Security"] = "3" }, "#change button");

        await owner.Submit("#try-form", null, "#try-form button");
        Assert.Contains("has taken the test mail", owner.Text("#tried"), StringComparison.Ordinal);
        Assert.Equal("owner@harbour-yoga.example", sink.Mails.Single().EnvelopeTo.Single());
        Assert.DoesNotContain("slotwright", sink.Mails.Single().Raw, StringComparison.OrdinalIgnoreCase);

        sink.OnRecipient = _ => "550 <b>no such user</b>";
        await owner.Submit("#try-form", null, "#try-form button");
        Assert.Contains("550", owner.Text("#tried"), StringComparison.Ordinal);
        Assert.DoesNotContain("no such user", owner.Source, StringComparison.Ordinal);
        sink.Down = true;
        await owner.Submit("#try-form", null, "#try-form button");
        Assert.Contains("cannot be reached", owner.Text("#tried"), StringComparison.Ordinal);

        await owner.Submit("#remove", null, "#remove button");
        Assert.Null(owner.Page.QuerySelector("#try-form"));
    }

    private sealed class Book : IAddressBook
    {
        public string[] Addresses { get; set; } = [];

        public Task<IReadOnlyList<IPAddress>> Of(string host, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<IPAddress>>([.. Addresses.Select(IPAddress.Parse)]);
    }
}
