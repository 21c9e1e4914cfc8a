using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Slotwright.Accounts;
using Slotwright.Limits;
using Slotwright.Pages;
using Slotwright.Setup;
using Slotwright.Storage;
using Slotwright.Team;
using static Slotwright.Resellers.ClientWorld;

namespace Slotwright.Resellers;

/// <summary>The reseller's pages about its clients, as a browser without scripts sees them.</summary>
public sealed class ClientPageTests
{
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
        await reseller.Follow("a[href$='/clients/new']");
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

    [Fact]
    public async Task An_address_is_mailed_of_so_many_new_clients_an_hour_and_a_name_that_is_taken_is_not_counted()
    {
        await using var product = await Product.Start(null, Mailbox.Paused, "--RateLimits:Enabled=true", $"--RateLimits:{nameof(RateLimitOptions.SignUpsPerEmailAndHour)}=2");
        var reseller = await Owner.Of(product, "atelier-web");
        var said = new List<HttpStatusCode>();
        foreach (var name in new[] { "corner-barber", "first-one", "corner-barber", "second-one", "third-one" })
        {
            await Made(reseller, name, "often@client.example");
            said.Add(reseller.Status);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.OK, 4), HttpStatusCode.TooManyRequests], said);
        Assert.Contains("several mails within the last hour", reseller.Text("#field-Email-error"), StringComparison.Ordinal);
        Assert.Equal("third-one", reseller.Page.QuerySelector("#field-Name")!.GetAttribute("value"));
        Assert.Equal(2, (await product.Letters("often@client.example")).Count);
        await Made(reseller, "third-one", "seldom@client.example");
        Assert.Contains("we have written to", reseller.Text("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_suspended_is_added_by_nobody_and_reads_as_a_wrong_password_does()
    {
        await using var product = await Product.Start();
        var reseller = await Owner.Of(product, "atelier-web");
        var wrong = await Tried(reseller, "harbour-yoga", "wrong");
        await product.Run("update accounts set suspended_at = 1 where name = 'harbour-yoga'");

        Assert.Equal(wrong, await Tried(reseller, "harbour-yoga", "demo-harbour-yoga"));

        Assert.Equal(1, await product.Count("select count(*) from accounts where name = 'harbour-yoga' and reseller_id is null"));
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

    [Fact, Trait("Requirement", "85")]
    public async Task A_reseller_makes_as_many_free_client_accounts_as_it_likes()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var reseller = product.Grains.Reseller(await Id(product, "atelier-web"));

        var opened = await Task.WhenAll(Enumerable.Range(0, 120).Select(number => reseller.OpenClient(new OpenClient
        {
            Name = $"client-{number}",
            DisplayName = $"Client {number}",
            OwnerEmail = $"owner-{number % 7}@client.example",
            Language = "nl",
            TimeZone = "Europe/Amsterdam",
        })));

        Assert.All(opened, one => Assert.True(one.Accepted));
        Assert.Equal(122, (await reseller.Clients()).Count);
        Assert.All(await reseller.Clients(), client => Assert.True(client.PlanCode is "free" or "l"));
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
        var letter = Assert.Single(await product.Letters("owner@harbour-yoga.example"), one => one.Listing.Subject.Contains("looks after", StringComparison.Ordinal));
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
}
