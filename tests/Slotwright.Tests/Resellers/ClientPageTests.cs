using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Pages;
using Slotwright.Setup;
using Slotwright.Storage;
using Slotwright.Storage.Upkeep;
using Slotwright.Team;
using Slotwright.Tenancy;
using Slotwright.Time;

namespace Slotwright.Resellers;

/// <summary>The reseller's pages about its clients, as a browser without scripts sees them.</summary>
public sealed class ClientPageTests
{
    private const string New = "/reseller/atelier-web/clients/new";
    private const string Add = "/reseller/atelier-web/clients/add";

    [Fact, Trait("Requirement", "10"), Trait("Requirement", "34"), Trait("Requirement", "42"), Trait("Requirement", "43"), Trait("Requirement", "44"), Trait("Requirement", "46")]
    public async Task Any_regular_account_becomes_a_reseller_by_a_button_and_keeps_what_it_has()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "harbour-yoga");
        await owner.Open("/a/harbour-yoga");
        Assert.Null(owner.Page.QuerySelector(".menu a[href='/reseller/harbour-yoga']"));
        await owner.Open("/reseller/harbour-yoga");
        Assert.Equal(HttpStatusCode.NotFound, owner.Status);

        await owner.Open("/a/harbour-yoga/settings/reseller");
        await owner.Send("main form");

        Assert.Equal(("/reseller/harbour-yoga", HttpStatusCode.OK), (owner.Address.AbsolutePath, owner.Status));
        await owner.Open("/a/harbour-yoga");
        Assert.NotNull(owner.Page.QuerySelector(".menu a[href='/reseller/harbour-yoga']"));
        var account = await product.Account("harbour-yoga");
        Assert.Equal(("m", 1), ((await account.Usage())!.PlanCode, (await account.Schedules()).Count));
        Assert.Equal("Harbour Yoga", (await product.Grains.Reseller((await account.Face())!.Id).Settings())!.Support.Name);
        await owner.Open("/a/harbour-yoga/settings/reseller");
        Assert.Contains("You are a reseller", owner.Text("main h2"), StringComparison.Ordinal);
    }

    [Fact, Trait("Requirement", "47")]
    public async Task A_client_sees_no_button_and_a_direct_call_is_refused()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "petite-table");
        await owner.Open("/a/petite-table/settings");
        Assert.Null(owner.Page.QuerySelector("a[href$='/settings/reseller']"));

        await owner.Post("/a/petite-table/settings/reseller", owner.Fields("#information"));

        Assert.Equal(HttpStatusCode.NotFound, owner.Status);
        var account = await product.Account("petite-table");
        var face = (await account.Face())!;
        Assert.Equal(BecomeRefusal.IsClient, (await account.BecomeReseller(face.OwnerPersonId)).Refusal);
        var regular = await product.Account("harbour-yoga");
        Assert.Equal(BecomeRefusal.NotOwner, (await regular.BecomeReseller(face.OwnerPersonId)).Refusal);
    }

    [Fact, Trait("Requirement", "35"), Trait("Requirement", "36"), Trait("Requirement", "45"), Trait("Requirement", "48"), Trait("Requirement", "49"), Trait("Requirement", "51"), Trait("Requirement", "86")]
    public async Task A_new_client_is_made_by_a_form_and_its_administrator_is_invited_in_the_resellers_name()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var reseller = await Owner.Of(product, "atelier-web");
        await reseller.Open("/reseller/atelier-web");
        await reseller.Follow(".client-acts a");
        Assert.Equal(New, reseller.Address.AbsolutePath);
        Assert.Contains("for demonstration", reseller.Text("#demonstration"), StringComparison.Ordinal);
        var form = reseller.Fields("#client", ("DisplayName", "Fleur & Fils"), ("Name", "fleur-fils"), ("Email", "fleur@client.example"), ("Language", "en"));

        await reseller.Post(New, form);

        Assert.Contains("we have written to fleur@client.example", reseller.Text(".notice.good"), StringComparison.Ordinal);
        var letter = Assert.Single(await product.Letters("fleur@client.example"));
        Assert.Contains("Atelier Web", letter.Listing.From, StringComparison.Ordinal);
        Assert.DoesNotContain("Slotwright", letter.Text + letter.Html + letter.Listing.Subject, StringComparison.OrdinalIgnoreCase);
        var client = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false }, product.Address, "en");
        await client.Open(letter.Link("/set-password/"));
        await client.Send("main form", ("password", "four unusual words here"));
        await client.Open("/a/fleur-fils");
        Assert.Equal(HttpStatusCode.OK, client.Status);
        await client.Open(letter.Link("/set-password/"));
        Assert.Null(client.Page.QuerySelector("input[type=password]"));

        // Sent twice, the form makes one account.
        var before = (await Clients(product)).Count;
        await reseller.Post(New, form);
        Assert.Contains("we have written to", reseller.Text(".notice.good"), StringComparison.Ordinal);
        Assert.Equal(before, (await Clients(product)).Count);
        Assert.Single(await product.Letters("fleur@client.example"), letter => letter.Text.Contains("/set-password/", StringComparison.Ordinal));
    }

    [Fact, Trait("Requirement", "50")]
    public async Task An_address_with_a_login_gets_a_notice_only_and_the_reseller_reads_the_same_as_for_one_without()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var reseller = await Owner.Of(product, "atelier-web");

        var known = await Made(reseller, "known-one", "owner@harbour-yoga.example");
        var unknown = await Made(reseller, "other-one", "nobody@harbour-yoga.example");

        Assert.Equal(
            known.Replace("known-one", "X", StringComparison.Ordinal).Replace("owner@harbour", "Y", StringComparison.Ordinal),
            unknown.Replace("other-one", "X", StringComparison.Ordinal).Replace("nobody@harbour", "Y", StringComparison.Ordinal));
        var notice = Assert.Single(await product.Letters("owner@harbour-yoga.example"));
        Assert.Contains("known-one", notice.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("harbour-yoga/", notice.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/set-password/", notice.Text, StringComparison.Ordinal);
        Assert.Contains("/set-password/", Assert.Single(await product.Letters("nobody@harbour-yoga.example")).Text, StringComparison.Ordinal);
    }

    [Fact, Trait("Requirement", "48")]
    public async Task What_is_wrong_in_the_form_stands_at_its_field_and_nothing_typed_is_lost()
    {
        await using var product = await Product.Start();
        var reseller = await Owner.Of(product, "atelier-web");
        await reseller.Open(New);

        await reseller.Send("#client", ("DisplayName", "Fleur"), ("Name", "dashboard"), ("Email", "fleur@client.example"));
        Assert.Contains("kept for the pages", reseller.Text("#field-Name-error"), StringComparison.Ordinal);
        await reseller.Send("#client", ("Name", "Corner_Barber"));
        Assert.Contains("taken", reseller.Text("#field-Name-error"), StringComparison.Ordinal);
        await reseller.Send("#client", ("Email", "nowhere"), ("Zone", "Mars/Olympus"));

        Assert.Equal(2, reseller.Page.QuerySelectorAll(".error").Length);
        Assert.Equal("Fleur", reseller.Page.QuerySelector("#field-DisplayName")!.GetAttribute("value"));
    }

    [Fact, Trait("Requirement", "51")]
    public async Task An_invitation_is_sent_again_and_revoked_and_former_links_end()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var reseller = await Owner.Of(product, "atelier-web");
        await Made(reseller, "fleur-fils", "fleur@client.example");
        var page = reseller.Address.AbsolutePath;
        var first = (await product.Letters("fleur@client.example"))[0].Link("/set-password/");

        await reseller.Send("form[action$='handler=Invite']");
        Assert.Contains("written again", reseller.Text(".notice.good"), StringComparison.Ordinal);
        var second = (await product.Letters("fleur@client.example")).Select(letter => letter.Link("/set-password/")).Single(link => link != first);
        Assert.False(await Works(product, first));
        Assert.True(await Works(product, second));
        await reseller.Send("form[action$='handler=Revoke']");

        Assert.False(await Works(product, second));
        await reseller.Open(page);
        await reseller.Send("form[action$='handler=Invite']");
        await reseller.Send("form[action$='handler=Invite']");
        Assert.Contains("Three times", reseller.Text(".notice.bad"), StringComparison.Ordinal);
        product.Clock.AdvanceHours(1);
        reseller = await Owner.Of(product, "atelier-web");
        await reseller.Open(page);
        await reseller.Send("form[action$='handler=Invite']");
        Assert.Contains("written again", reseller.Text(".notice.good"), StringComparison.Ordinal);
    }

    [Fact, Trait("Requirement", "13"), Trait("Requirement", "52"), Trait("Requirement", "74"), Trait("Requirement", "91")]
    public async Task An_existing_account_is_connected_by_its_name_and_its_owners_password()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var account = await product.Account("harbour-yoga");
        await account.ChangePlan("free");
        Assert.True((await account.StartTrial()).Accepted);
        var reseller = await Owner.Of(product, "atelier-web");
        await reseller.Open(Add);

        await reseller.Send("#client", ("name", "Harbour Yoga"), ("password", "demo-harbour-yoga"));

        Assert.Contains("is your client now", reseller.Text(".notice.good"), StringComparison.Ordinal);
        var face = (await account.Face())!;
        Assert.Equal(("atelier-web", "Atelier Web"), ((await product.Grains.Account(face.ResellerId!.Value).Face())!.Name, face.Support!.Name));
        Assert.Equal(TrialRefusal.AlreadyUsed, (await account.StartTrial()).Refusal);
        var letter = Assert.Single(await product.Letters("owner@harbour-yoga.example"));
        Assert.Contains("Atelier Web", letter.Listing.From + letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Slotwright", letter.Text + letter.Html + letter.Listing.Subject + letter.Listing.From, StringComparison.OrdinalIgnoreCase);

        // Its public page hides the platform with no setting flipped.
        var visitor = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false }, product.Address, "en");
        product.Clock.AdvanceSeconds(3);
        await visitor.Open("/schedule/harbour-yoga");
        Assert.DoesNotContain("Slotwright", visitor.Source, StringComparison.OrdinalIgnoreCase);
    }

    [Fact, Trait("Requirement", "53")]
    public async Task Whatever_is_wrong_with_credentials_has_one_answer_and_the_rest_is_told_to_who_knows_the_password()
    {
        await using var product = await Product.Start();
        await Opened(product, "other-reseller", asReseller: true);
        var other = (await (await product.Account("other-reseller")).Face())!;
        await Opened(product, "others-client", other.Id);
        var reseller = await Owner.Of(product, "atelier-web");

        var neutral = new[]
        {
            await Tried(reseller, "harbour-yoga", "wrong"), await Tried(reseller, "no-such-account", "demo-harbour-yoga"), await Tried(reseller, "owner@harbour-yoga.example", "demo-harbour-yoga"),
            await Tried(reseller, "corner-barber", "wrong"), await Tried(reseller, "others-client", "wrong"), await Tried(reseller, "atelier-web", "wrong"), await Tried(reseller, "", ""),
        };

        Assert.Single(neutral.Distinct());
        Assert.Contains("do not belong together", neutral[0], StringComparison.Ordinal);
        await product.Services.GetRequiredService<IDatabase>().Write(connection => connection.Run("update accounts set paused_at = 1 where name = 'others-client'"));
        Assert.Equal(neutral[0], await Tried(reseller, "others-client", "demo-others-client"));
        await product.Services.GetRequiredService<IDatabase>().Write(connection => connection.Run("update accounts set paused_at = null where name = 'others-client'"));
        Assert.Contains("your client already", await Tried(reseller, "corner-barber", "demo-corner-barber"), StringComparison.Ordinal);
        Assert.Contains("your own account", await Tried(reseller, "atelier-web", "demo-atelier-web"), StringComparison.Ordinal);
        Assert.Contains("another reseller", await Tried(reseller, "others-client", "demo-others-client"), StringComparison.Ordinal);
        Assert.Contains("is a reseller itself", await Tried(reseller, "other-reseller", "demo-other-reseller"), StringComparison.Ordinal);
        Assert.Equal(other.Id, (await (await product.Account("others-client")).Face())!.ResellerId);
        Assert.Null((await (await product.Account("harbour-yoga")).Face())!.ResellerId);
    }

    [Fact, Trait("Requirement", "53")]
    public async Task Who_tries_passwords_often_has_to_wait()
    {
        await using var product = await Product.Start(null, "--RateLimits:Enabled=true");
        var reseller = await Owner.Of(product, "atelier-web");
        await reseller.Open(Add);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Contains("do not belong together", await Tried(reseller, "harbour-yoga", $"wrong {attempt}"), StringComparison.Ordinal);
        }

        Assert.Contains("Too many tries", await Tried(reseller, "harbour-yoga", "demo-harbour-yoga"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, reseller.Status);
        Assert.Null((await (await product.Account("harbour-yoga")).Face())!.ResellerId);
    }

    [Fact, Trait("Requirement", "52")]
    public async Task Where_the_owner_signs_in_with_two_steps_the_password_alone_connects_nothing()
    {
        await using var product = await Product.Start();
        var person = product.Grains.Person((await product.Grains.Directory().PersonByLogin("harbour-yoga"))!.Value);
        var session = (await person.SignIn(new SignInAttempt("demo-harbour-yoga", new SignInOrigin("", "")))).Value!.Session!;
        var secret = (await person.StartTwoStep(session.Token)).Value!.Secret;
        Assert.True((await person.ConfirmTwoStep(new TwoStepCommand(session.Token, Authenticator.CodeOf(secret, product.Clock.GetCurrentInstant()), new LetterManner("en", null)))).Accepted);
        product.Clock.AdvanceMinutes(2);
        var reseller = await Owner.Of(product, "atelier-web");

        Assert.Contains("do not belong together", await Tried(reseller, "harbour-yoga", "demo-harbour-yoga"), StringComparison.Ordinal);
        Assert.Contains("do not belong together", await Tried(reseller, "harbour-yoga", "demo-harbour-yoga", "000000"), StringComparison.Ordinal);
        var answer = await Tried(reseller, "harbour-yoga", "demo-harbour-yoga", Authenticator.CodeOf(secret, product.Clock.GetCurrentInstant()));

        Assert.Contains("is your client now", answer, StringComparison.Ordinal);
    }

    [Fact, Trait("Requirement", "8"), Trait("Requirement", "7")]
    public async Task The_price_that_a_reseller_notes_is_its_own_and_its_client_reads_nothing_of_it()
    {
        await using var product = await Product.Start();
        var reseller = await Owner.Of(product, "atelier-web");
        var page = await PageOf(product, "petite-table");
        await reseller.Open(page);
        await reseller.Send("#price", ("amount", "-3"), ("note", "all in"));
        Assert.Equal(("-3", 1), (reseller.Page.QuerySelector("#field-amount")!.GetAttribute("value"), reseller.Page.QuerySelectorAll("#price .error").Length));

        await reseller.Send("#price", ("amount", "1234,5"), ("every", "1"), ("note", "website and booking"));

        Assert.Contains("saved", reseller.Text(".notice.good"), StringComparison.Ordinal);
        Assert.Equal("1234.50", reseller.Page.QuerySelector("#field-amount")!.GetAttribute("value"));
        Assert.Equal("1", reseller.Fields("#price").Single(field => field.Key == "every").Value);
        var owner = await Owner.Of(product, "petite-table");
        foreach (var own in new[] { "", "/usage", "/settings", "/settings/key" })
        {
            await owner.Open("/a/petite-table" + own);
            Assert.DoesNotContain("1234", owner.Source, StringComparison.Ordinal);
            Assert.DoesNotContain("website and booking", owner.Source, StringComparison.Ordinal);
        }
    }

    [Fact, Trait("Requirement", "41")]
    public async Task A_forged_client_id_is_not_there_and_changes_nothing()
    {
        await using var product = await Product.Start();
        var (foreign, _) = await product.Find("harbour-yoga", "Private lessons");
        var reseller = await Owner.Of(product, "atelier-web");
        var page = $"/reseller/atelier-web/clients/{foreign}";
        foreach (var path in new[] { "", "/detach", "/delete", "/export.zip" })
        {
            await reseller.Open(page + path);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, reseller.Status));
        }

        await reseller.Open("/reseller/atelier-web/clients/new");
        var token = reseller.Fields("#client").Single(field => field.Key == "form-token");
        foreach (var (path, field, value) in new[]
            { ("?handler=Invite", "x", ""), ("?handler=Revoke", "x", ""), ("?handler=Price", "amount", "5"), ("/detach", "sure", "yes"), ("/delete", "name", "harbour-yoga") })
        {
            await reseller.Post(page + path, [token, KeyValuePair.Create(field, value)]);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, reseller.Status));
        }

        Assert.NotNull(await (await product.Account("harbour-yoga")).Face());
    }

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
    }

    [Fact, Trait("Requirement", "14"), Trait("Requirement", "22"), Trait("Requirement", "90"), Trait("Fault", "62")]
    public async Task Where_nobody_was_left_to_tell_the_account_it_knows_by_itself_within_two_seconds_that_it_was_detached()
    {
        await using var product = await Product.Start();
        var (account, client) = (await product.Account("petite-table"), await Id(product, "petite-table"));
        await account.Brand((await account.Face())!.Brand with { SenderEmail = "bonjour@petite-table.example" });
        Assert.Equal("bonjour@petite-table.example", (await account.Face())!.Brand.SenderEmail);

        // As a silo leaves it that dies right after its commit.
        Assert.True(await product.Services.GetRequiredService<IClientStore>().Detach(await Id(product, "atelier-web"), client, product.Clock.GetCurrentInstant(), []));
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
        Assert.True((await first.Detach(client)).Accepted);
        Assert.True((await second.ConnectClient(new ConnectClient("petite-table", "demo-petite-table", ""))).Accepted);
        var letters = await product.Letters("owner@petite-table.example");
        var letter = Assert.Single(letters);
        Assert.Contains("other-reseller", letter.Listing.From, StringComparison.Ordinal);

        Assert.True((await second.Delete(client, "petite-table")).Accepted);
        letter = (await product.Letters("owner@petite-table.example"))[0];
        Assert.Contains("other-reseller", letter.Listing.From, StringComparison.Ordinal);
        Assert.DoesNotContain("Slotwright", letter.Text + letter.Html + letter.Listing.From + letter.Listing.Subject, StringComparison.OrdinalIgnoreCase);
    }

    [Fact, Trait("Requirement", "87"), Trait("Requirement", "88"), Trait("Requirement", "85")]
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
        using var output = new StringWriter();
        Assert.Equal((0, true), (await product.Services.GetRequiredService<Verification>().Run(output), !output.ToString().Contains("BROKEN", StringComparison.Ordinal)));
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

    private static async Task<int> Id(Product product, string account) => (await product.Grains.Directory().AccountByName(account))!.AccountId;

    private static async Task<IReadOnlyList<ClientListing>> Clients(Product product) => await product.Grains.Reseller(await Id(product, "atelier-web")).Clients();

    private static async Task<string> PageOf(Product product, string client) => $"/reseller/atelier-web/clients/{await Id(product, client)}";

    /// <summary>Makes a client by the form; answers what the reseller then reads.</summary>
    private static async Task<string> Made(Visitor reseller, string name, string email)
    {
        await reseller.Open(New);
        await reseller.Send("#client", ("DisplayName", "A client"), ("Name", name), ("Email", email), ("Language", "en"));
        return reseller.Text("main");
    }

    private static async Task<string> Tried(Visitor reseller, string name, string password, string code = "")
    {
        await reseller.Open(Add);
        await reseller.Send("#client", ("name", name), ("password", password), ("code", code));
        return reseller.Text("main .notice");
    }

    private static async Task<bool> Works(Product product, string link)
    {
        var parts = link.Split('/');
        return await product.Grains.Person(int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture)).TokenIsGood(parts[3]);
    }

    private static async Task Opened(Product product, string name, int? reseller = null, bool asReseller = false)
    {
        var opened = await product.Grains.SignUp().OpenAccount(new OpenAccount
        {
            Name = name,
            Brand = new AccountBrand { DisplayName = name, Language = "en", TimeZone = "Europe/Paris" },
            OwnerEmail = $"owner@{name}.example",
            OwnerPassword = $"demo-{name}",
            ResellerId = reseller,
            AsReseller = asReseller ? new SupportDetails { Name = name } : null,
        });
        Assert.True(opened.Accepted);
    }

    private static async Task Book(Product product, string account, string schedule, string name) =>
        Assert.True((await (await product.Schedule(account, schedule)).Book(Booking(name, 10))).Accepted);

    private static BookAppointment Booking(string name, int hour) => new()
    {
        Start = Moment.OnTheClock(new LocalDateTime(2027, 1, 14, hour, 0)),
        Customer = new CustomerDetails { Name = name, Email = "jane@customer.example" },
        Language = "en",
        Actor = Actor.ApiKey(),
    };

    private static async Task<string> Text(ZipArchive zip, string entry)
    {
        using var reader = new StreamReader(zip.GetEntry(entry)!.Open(), Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
