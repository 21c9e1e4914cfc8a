using NodaTime;
using Slotwright.Accounts;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Setup;
using Slotwright.WhiteLabel;

namespace Slotwright.Resellers;

public sealed class TemplateTests : IAsyncLifetime
{
    private Product product = null!;

    public async ValueTask InitializeAsync() => product = await Product.Start();

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    public async Task A_clients_set_up_is_kept_under_a_name_and_given_to_a_new_client_once_however_often_it_is_sent()
    {
        var barber = (await product.Find("corner-barber", "Chairs")).AccountId;
        var chairs = await product.Schedule("corner-barber", "Chairs");
        var before = (await chairs.Definition())!;
        var second = before.Resources[1];
        before = (await chairs.Define(before with { Exceptions = [new SpecialHours { From = new LocalDate(2027, 2, 1), To = new LocalDate(2027, 2, 3), ResourceId = second.Id, Note = "away" }] })).Value!;
        var (newcomer, name) = await NewClient();
        var reseller = await Owner.Of(product, "atelier-web");
        await reseller.Open(Links.Reseller("atelier-web", "templates"));

        await reseller.Send("#save", ("client", $"{barber}"), ("name", "Barber, two chairs"));
        Assert.Equal("Barber, two chairs", reseller.Heading);
        Assert.Contains("Chairs", reseller.Text("main"), StringComparison.Ordinal);
        Assert.DoesNotContain("owner@corner-barber.example", reseller.Source, StringComparison.Ordinal);
        await reseller.Follow("#apply + p + .actions a, section .actions a[href$='/apply']");
        await reseller.Send("main form", ("client", $"{newcomer}"));
        Assert.Equal($"{name} is set up.", reseller.Text(".notice strong"));
        await reseller.Send("main form", ("client", $"{newcomer}"));
        Assert.Contains("was there already", reseller.Text(".notice"), StringComparison.Ordinal);

        var listing = Assert.Single(await product.Grains.Account(newcomer).Schedules());
        var after = (await product.Grains.Schedule(newcomer, listing.Id).Definition())!;
        Assert.Equal(before.Resources.Select(resource => resource.Name), after.Resources.Select(resource => resource.Name));
        Assert.Empty(before.Resources.Select(resource => resource.Id).Intersect(after.Resources.Select(resource => resource.Id)));
        Assert.Equal((after.Resources[1].Id, "away"), (after.Exceptions[0].ResourceId, after.Exceptions[0].Note));
        Assert.Equal(before.OpeningHours.Spans, after.OpeningHours.Spans);
        Assert.Equal((before.Length, before.CancelDeadlineMinutes, before.Description), (after.Length, after.CancelDeadlineMinutes, after.Description));
        var face = (await product.Grains.Account(newcomer).Face())!;
        var original = (await product.Grains.Account(barber).Face())!.Brand;
        Assert.Equal((original.Colour, original.Tagline, "Newcomer", ""), (face.Brand.Colour, face.Brand.Tagline, face.Brand.DisplayName, face.Brand.Contact));

        // One that is in use is not overwritten.
        await reseller.Send("main form", ("client", $"{(await product.Find("harbour-yoga", "Private lessons")).AccountId}"));
        Assert.Contains("no client of yours", reseller.Text(".notice"), StringComparison.Ordinal);
        Assert.True((await product.Grains.Account(newcomer).AddSchedule(before with { Name = "Own" })).Accepted);
        await reseller.Send("main form", ("client", $"{newcomer}"));
        Assert.Contains("schedules of its own", reseller.Text(".notice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_client_has_from_its_reseller_is_not_kept_as_its_own()
    {
        var barber = (await product.Find("corner-barber", "Chairs")).AccountId;
        var reseller = product.Grains.Reseller((await product.Grains.Account(barber).Face())!.ResellerId!.Value);
        await product.Grains.Account(barber).ChangeBrand(new BrandChange { Colour = InheritedLooks.NeutralColour, BarColour = "" });
        Assert.True((await reseller.ChangeDefaultColours("#0f766e", "#112233")).Accepted);
        product.Clock.AdvanceSeconds(5);
        Assert.Equal("#0f766e", (await product.Grains.Account(barber).Face())!.Brand.Colour);
        var template = (await reseller.SaveTemplate(barber, "Barber")).Value!;
        var (newcomer, _) = await NewClient();

        Assert.True((await reseller.ApplyTemplate(template.Id, newcomer)).Accepted);

        // Another colour of the reseller's is another colour of this client's.
        Assert.True((await reseller.ChangeDefaultColours("#7c2d12", "#445566")).Accepted);
        product.Clock.AdvanceSeconds(5);
        var brand = (await product.Grains.Account(newcomer).Face())!.Brand;
        Assert.Equal(("#7c2d12", "#445566"), (brand.Colour, brand.BarColour));
    }

    [Fact]
    public async Task A_client_that_the_operator_closed_is_not_set_up()
    {
        var barber = (await product.Find("corner-barber", "Chairs")).AccountId;
        var resellerId = (await product.Grains.Account(barber).Face())!.ResellerId!.Value;
        var template = (await product.Grains.Reseller(resellerId).SaveTemplate(barber, "Barber")).Value!;
        var (newcomer, _) = await NewClient();
        await product.Run($"update accounts set suspended_at = 1 where id = {newcomer}");
        product.Clock.AdvanceSeconds(5);
        var owner = await Owner.Of(product, "atelier-web");
        await owner.Open(Links.ResellerTemplate("atelier-web", template.Id) + "/apply");

        await owner.Send("main form", ("client", $"{newcomer}"));

        Assert.Contains("operator of the service has closed", owner.Text(".notice"), StringComparison.Ordinal);
        Assert.Empty(await product.Grains.Account(newcomer).Schedules());
    }

    [Fact]
    public async Task Why_a_schedule_could_not_be_made_is_said()
    {
        var barber = (await product.Find("corner-barber", "Chairs")).AccountId;
        var resellerId = (await product.Grains.Account(barber).Face())!.ResellerId!.Value;
        var template = (await product.Grains.Reseller(resellerId).SaveTemplate(barber, "Barber")).Value!;
        var (newcomer, _) = await NewClient();
        await product.Run("update client_templates set document = replace(document, 'Chairs', 'Cha%irs')");
        var owner = await Owner.Of(product, "atelier-web");
        await owner.Open(Links.ResellerTemplate("atelier-web", template.Id) + "/apply");

        await owner.Send("main form", ("client", $"{newcomer}"));

        Assert.Contains("Cha%irs: could not be made. A name has 1 to 60 characters", owner.Text(".notice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sixteen_who_apply_one_template_at_once_make_each_schedule_once()
    {
        var barber = (await product.Find("corner-barber", "Chairs")).AccountId;
        var (newcomer, _) = await NewClient();
        var reseller = product.Grains.Reseller((await product.Grains.Account(barber).Face())!.ResellerId!.Value);
        var template = (await reseller.SaveTemplate(barber, "Barber")).Value!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => reseller.ApplyTemplate(template.Id, newcomer)));

        Assert.All(answers, answer => Assert.True(answer.Accepted));
        Assert.Single(answers, answer => answer.Value!.Schedules.Any(line => line is { WasThere: false, Refusal: null }));
        Assert.Single(await product.Grains.Account(newcomer).Schedules());
    }

    [Fact]
    public async Task A_template_is_renamed_and_deleted_and_anothers_is_not_there()
    {
        var barber = (await product.Find("corner-barber", "Chairs")).AccountId;
        var resellerId = (await product.Grains.Account(barber).Face())!.ResellerId!.Value;
        var template = (await product.Grains.Reseller(resellerId).SaveTemplate(barber, "Barber")).Value!;
        var owner = await Owner.Of(product, "atelier-web");
        await owner.Open(Links.ResellerTemplate("atelier-web", template.Id));

        await owner.Send("#rename", ("name", ""));
        Assert.Contains("1 to 60", owner.Text("#rename .error"), StringComparison.Ordinal);
        await owner.Send("#rename", ("name", "Coiffeur à deux fauteuils"));
        Assert.Equal("Coiffeur à deux fauteuils", owner.Heading);
        Assert.Null(await product.Grains.Reseller(resellerId + 100).Template(template.Id));
        await owner.Send("#delete", ("sure", "yes"));

        Assert.Empty(await product.Grains.Reseller(resellerId).Templates());
        Assert.Equal(TemplateRefusal.UnknownTemplate, (await product.Grains.Reseller(resellerId).ApplyTemplate(template.Id, barber)).Refusal);
    }

    private async Task<(int Id, string Name)> NewClient()
    {
        var barber = (await (await product.Account("corner-barber")).Face())!;
        var opened = await product.Grains.SignUp().OpenAccount(new OpenAccount
        {
            Name = "newcomer",
            OwnerEmail = "owner@newcomer.example",
            OwnerPassword = "four unusual words here",
            ResellerId = barber.ResellerId,
            Brand = new AccountBrand { DisplayName = "Newcomer", Language = "en", TimeZone = "Europe/London" },
        });
        return (opened.Value!.AccountId, "newcomer");
    }
}
