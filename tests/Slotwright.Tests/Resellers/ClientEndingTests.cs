using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Pages;
using Slotwright.Setup;
using Slotwright.Storage.Upkeep;
using Slotwright.Team;
using static Slotwright.Resellers.ClientWorld;

namespace Slotwright.Resellers;

/// <summary>How a relation or an account ends, as a browser without scripts sees it.</summary>
public sealed class ClientEndingTests
{
    [Fact, Trait("Requirement", "14"), Trait("Requirement", "89"), Trait("Requirement", "90"), Trait("Requirement", "77")]
    public async Task A_client_is_detached_on_confirmation_and_is_out_of_the_resellers_reach_at_once()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var reseller = await Owner.Of(product, "atelier-web");
        var page = await PageOf(product, "petite-table");
        await reseller.Open(page + "/detach");
        await reseller.Send("#detach");
        Assert.Contains("Tick the box", reseller.Text(".notice.warn"), StringComparison.Ordinal);

        await reseller.Send("#detach", ("sure", "yes"));

        Assert.Contains("petite-table is a regular account now", reseller.Text(".notice.good"), StringComparison.Ordinal);
        await reseller.Open(page);
        Assert.Equal(HttpStatusCode.NotFound, reseller.Status);
        var face = (await (await product.Account("petite-table")).Face())!;
        Assert.Equal((null, null), (face.ResellerId, face.Support));
        var toOwner = Assert.Single(await product.Letters("owner@petite-table.example"));
        Assert.Contains("Slotwright", toOwner.Listing.From, StringComparison.Ordinal);
        Assert.DoesNotContain("Atelier", toOwner.Text, StringComparison.Ordinal);
        Assert.Single(await product.Letters("owner@atelier-web.example"));
        product.Clock.AdvanceSeconds(5);
        var visitor = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false }, product.Address, "en");
        await visitor.Open("/schedule/petite-table");
        Assert.Contains("Slotwright", visitor.Source, StringComparison.OrdinalIgnoreCase);

        // Its people read who let it go.
        var owner = await Owner.Of(product, "petite-table");
        await owner.Open("/a/petite-table/settings/access");
        var row = owner.Text("[aria-labelledby=access-acts] tbody tr");
        Assert.Contains("let go by its reseller", row, StringComparison.Ordinal);
        Assert.Contains("Atelier Web", row, StringComparison.Ordinal);
        Assert.DoesNotContain("atelier-web", row, StringComparison.Ordinal);
    }

    [Fact, Trait("Requirement", "14"), Trait("Requirement", "22"), Trait("Requirement", "90"), Trait("Fault", "62")]
    public async Task Where_nobody_was_left_to_tell_the_account_it_knows_by_itself_within_two_seconds_that_it_was_detached()
    {
        await using var product = await Product.Start();
        var (account, client) = (await product.Account("petite-table"), await Id(product, "petite-table"));
        await account.Brand((await account.Face())!.Brand with { SenderEmail = "bonjour@petite-table.example" });
        Assert.Equal("bonjour@petite-table.example", (await account.Face())!.Brand.SenderEmail);

        // As a silo leaves it that dies right after its commit.
        Assert.True(await product.Services.GetRequiredService<IClientStore>().Detach(await Id(product, "atelier-web"), client, 7, product.Clock.GetCurrentInstant(), []));
        Assert.NotNull((await account.Face())!.ResellerId);
        product.Clock.AdvanceSeconds(2);

        var face = (await account.Face())!;
        Assert.Equal((null, ""), (face.ResellerId, face.Brand.SenderEmail));
        Assert.False((await product.Services.GetRequiredService<IAccountStore>().Load(client))!.LosesSender);
    }

    [Fact, Trait("Fault", "62")]
    public async Task What_waits_to_be_told_when_the_relation_changes_goes_out_in_the_right_name_or_not_at_all()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        await Opened(product, "other-reseller", asReseller: true);
        var (first, second) = (product.Grains.Reseller(await Id(product, "atelier-web")), product.Grains.Reseller(await Id(product, "other-reseller")));
        var client = await Id(product, "petite-table");

        // Attached and detached, detached and attached again, before anything left.
        Assert.True((await first.Detach(client, personId: 7)).Accepted);
        Assert.True((await second.ConnectClient(new ConnectClient("petite-table", "demo-petite-table", "", PersonId: 7))).Accepted);
        var letters = await product.Letters("owner@petite-table.example");
        var letter = Assert.Single(letters);
        Assert.Contains("other-reseller", letter.Listing.From, StringComparison.Ordinal);

        Assert.True((await second.Delete(client, "petite-table", personId: 7)).Accepted);
        letter = (await product.Letters("owner@petite-table.example"))[0];
        Assert.Contains("other-reseller", letter.Listing.From, StringComparison.Ordinal);
        Assert.DoesNotContain("Slotwright", letter.Text + letter.Html + letter.Listing.From + letter.Listing.Subject, StringComparison.OrdinalIgnoreCase);
    }

    [Fact, Trait("Requirement", "87"), Trait("Requirement", "88")]
    public async Task A_client_is_deleted_once_its_name_is_typed_and_is_gone_everywhere()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var (client, schedule) = await product.Find("corner-barber", "Chairs");
        await Book(product, "corner-barber", "Chairs", "Jane");
        var reseller = await Owner.Of(product, "atelier-web");
        var owner = await Owner.Of(product, "corner-barber");
        await owner.Open("/a/corner-barber");
        var page = await PageOf(product, "corner-barber");
        await reseller.Open(page + "/delete");
        Assert.Equal(page + "/export.zip", reseller.Page.QuerySelector("main .card a.btn")!.GetAttribute("href"));
        await reseller.Send("#delete", ("name", "corner"));
        Assert.Contains("not the name", reseller.Text("#field-name-error"), StringComparison.Ordinal);
        Assert.NotNull(await product.Grains.Account(client).Face());

        await reseller.Send("#delete", ("name", "Corner Barber"));

        Assert.Contains("is deleted", reseller.Text(".notice.good"), StringComparison.Ordinal);
        Assert.Null(await product.Grains.Account(client).Face());
        var late = await product.Grains.Schedule(client, schedule).Book(Booking("Late", 10));
        Assert.Equal(BookingRefusal.UnknownSchedule, late.Refusal);
        var former = Assert.Single(await product.Letters("owner@corner-barber.example"), letter => letter.Listing.Subject.Contains("corner-barber", StringComparison.Ordinal));
        Assert.Contains("Atelier Web", former.Listing.From, StringComparison.Ordinal);
        Assert.DoesNotContain("Slotwright", former.Text + former.Html + former.Listing.From, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await product.Letters("jane@customer.example"));
        product.Clock.AdvanceSeconds(5);
        await owner.Open("/a/corner-barber");
        Assert.Equal(HttpStatusCode.NotFound, owner.Status);
        await owner.Open("/dashboard");
        Assert.Equal(HttpStatusCode.OK, owner.Status);
        foreach (var path in new[] { "/schedule/corner-barber", "/schedule/corner-barber/Chairs" })
        {
            await owner.Open(path);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, owner.Status));
        }

        using var api = product.NewApiClient("corner-barber");
        using var called = await api.GetAsync(new Uri("/api/schedules.json", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, called.StatusCode);
        await reseller.Open("/a/atelier-web/settings/access");
        Assert.Matches("client account was deleted\\s+corner-barber\\s+owner@atelier-web.example", reseller.Text("[aria-labelledby=access-acts] tbody tr"));
        using var output = new StringWriter();
        Assert.Equal((0, true), (await product.Services.GetRequiredService<Verification>().Run(output), !output.ToString().Contains("BROKEN", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_client_that_the_operator_closed_is_not_deleted()
    {
        await using var product = await Product.Start();
        var reseller = await Owner.Of(product, "atelier-web");
        await reseller.Open(await PageOf(product, "corner-barber") + "/delete");
        await product.Run("update accounts set suspended_at = 1 where name = 'corner-barber'");

        await reseller.Send("#delete", ("name", "corner-barber"));

        Assert.Contains("operator of the service has closed", reseller.Text("#field-name-error"), StringComparison.Ordinal);
        Assert.Equal(1, await product.Count("select count(*) from accounts where name = 'corner-barber'"));
    }

    [Theory]
    [InlineData("detach")]
    [InlineData("delete")]
    public async Task Long_after_the_sign_in_the_password_is_asked_again_first(string act)
    {
        await using var product = await Product.Start();
        var reseller = await Owner.Of(product, "atelier-web");
        var page = await PageOf(product, "petite-table") + "/" + act;
        await reseller.Open(page);
        var form = reseller.Fields($"#{act}", ("sure", "yes"), ("name", "petite-table"));
        product.Clock.AdvanceMinutes(16);

        await reseller.Post(page, form);

        Assert.Equal("/me/confirm", reseller.Address.AbsolutePath);
        Assert.NotNull((await (await product.Account("petite-table")).Face())!.ResellerId);
        await reseller.Send("main form", ("password", "demo-atelier-web"));
        Assert.Equal((page, HttpStatusCode.OK), (reseller.Address.AbsolutePath, reseller.Status));
    }

    [Fact, Trait("Requirement", "88")]
    public async Task The_export_holds_everything_and_nothing_that_a_spreadsheet_runs()
    {
        await using var product = await Product.Start();
        await Book(product, "corner-barber", "Chairs", "=HYPERLINK(\"http://evil.example\";\"Zoë\")");
        var reseller = await Owner.Of(product, "atelier-web");
        var answer = await reseller.Ask(HttpMethod.Get, new Uri(product.Address, await PageOf(product, "corner-barber") + "/export.zip"));

        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["account.json", "schedules.json", "appointments.csv", "appointments.json", "history.json"], zip.Entries.Select(entry => entry.Name));
        Assert.Matches("filename=\"?corner-barber-2027-01-12.zip", answer.Content.Headers.ContentDisposition!.ToString());
        var csv = await Text(zip, "appointments.csv");
        Assert.Contains("\"'=HYPERLINK(\"\"http://evil.example\"\";\"\"Zoë\"\")\"", csv, StringComparison.Ordinal);
        Assert.Contains("2027-01-14T10:00:00+01", csv, StringComparison.Ordinal);
        using var appointments = JsonDocument.Parse(await Text(zip, "appointments.json"));
        Assert.Equal("Chairs", appointments.RootElement[0].GetProperty("schedule").GetString());
        using var history = JsonDocument.Parse(await Text(zip, "history.json"));
        Assert.Equal(1, history.RootElement.GetArrayLength());
        Assert.Contains("\"openingHours\"", await Text(zip, "schedules.json"), StringComparison.Ordinal);
        Assert.DoesNotContain("salt", csv + await Text(zip, "appointments.json"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact, Trait("Requirement", "97"), Trait("Requirement", "98"), Trait("Fault", "62")]
    public async Task Going_back_to_a_regular_account_is_refused_with_clients_unless_each_is_detached_on_typed_confirmation()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var reseller = await Owner.Of(product, "atelier-web");
        await reseller.Open("/reseller/atelier-web/revert");
        Assert.Null(reseller.Page.QuerySelector("#revert"));
        await reseller.Post("/reseller/atelier-web/revert", reseller.Fields("#revert-all"));
        Assert.Contains("Nothing was changed", reseller.Text(".notice.bad"), StringComparison.Ordinal);
        await reseller.Send("#revert-all", ("name", "atelier"));
        Assert.Contains("not the name", reseller.Text("#field-name-error"), StringComparison.Ordinal);
        Assert.Equal(2, (await Clients(product)).Count);

        await reseller.Send("#revert-all", ("name", "atelier-web"));

        Assert.Equal("/a/atelier-web/settings/reseller", reseller.Address.AbsolutePath);
        foreach (var client in new[] { "corner-barber", "petite-table" })
        {
            Assert.Null((await (await product.Account(client)).Face())!.ResellerId);
            Assert.Contains("Slotwright", Assert.Single(await product.Letters($"owner@{client}.example")).Listing.From, StringComparison.Ordinal);
        }

        Assert.Contains("2", Assert.Single(await product.Letters("owner@atelier-web.example")).Text, StringComparison.Ordinal);
        await reseller.Open("/reseller/atelier-web");
        Assert.Equal(HttpStatusCode.NotFound, reseller.Status);

        // Again a reseller, it begins afresh.
        await reseller.Open("/a/atelier-web/settings/reseller");
        await reseller.Send("main form");
        Assert.Empty(await Clients(product));
        Assert.Equal("", (await product.Grains.Reseller(await Id(product, "atelier-web")).Settings())!.Support.Phone);
    }
}
