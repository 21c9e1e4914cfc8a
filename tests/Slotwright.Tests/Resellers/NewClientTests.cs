using System.Net;
using Slotwright.Platform;
using Slotwright.Setup;
using static Slotwright.Resellers.ClientWorld;

namespace Slotwright.Resellers;

/// <summary>A new client that begins with a template, and in what a reseller notes its price, as a browser without scripts sees them.</summary>
public sealed class NewClientTests
{
    [Fact]
    public async Task A_new_client_begins_with_the_template_chosen_in_its_form_once_however_often_it_is_sent()
    {
        await using var product = await Product.Start();
        var reseller = await Owner.Of(product, "atelier-web");
        await reseller.Open(New);
        Assert.Null(reseller.Page.QuerySelector("[name=Template]"));
        var barber = await Id(product, "corner-barber");
        var template = (await product.Grains.Reseller(await Id(product, "atelier-web")).SaveTemplate(barber, "Barber")).Value!;
        await reseller.Open(New);
        Assert.Equal("", reseller.Page.QuerySelector("[name=Template] option")!.GetAttribute("value"));
        var form = reseller.Fields("#client", ("DisplayName", "Fleur"), ("Name", "fleur-fils"), ("Email", "fleur@client.example"), ("Template", $"{template.Id}"));

        await reseller.Post(New, form);
        Assert.Equal("fleur-fils is set up.", reseller.Text(".notice strong"));
        Assert.Contains("Chairs: made", reseller.Text("main"), StringComparison.Ordinal);
        await reseller.Post(New, form);
        Assert.Contains("was there already", reseller.Text("main"), StringComparison.Ordinal);

        var schedule = Assert.Single(await (await product.Account("fleur-fils")).Schedules());
        Assert.Equal("Chairs", schedule.Name);
        await reseller.Follow("main .actions a");
        Assert.Equal((await PageOf(product, "fleur-fils"), HttpStatusCode.OK), (reseller.Address.AbsolutePath, reseller.Status));
    }

    [Fact]
    public async Task A_new_client_stands_when_its_template_is_refused_and_one_with_errors_keeps_the_choice()
    {
        await using var product = await Product.Start();
        var grain = product.Grains.Reseller(await Id(product, "atelier-web"));
        var template = (await grain.SaveTemplate(await Id(product, "corner-barber"), "Barber")).Value!;
        var reseller = await Owner.Of(product, "atelier-web");
        await reseller.Open(New);
        await reseller.Send("#client", ("DisplayName", "Fleur"), ("Name", "dashboard"), ("Email", "fleur@client.example"), ("Template", $"{template.Id}"));
        Assert.Equal($"{template.Id}", reseller.Page.QuerySelector("[name=Template] option[selected]")!.GetAttribute("value"));
        await grain.DeleteTemplate(template.Id);

        await reseller.Post(New, [.. reseller.Fields("#client", ("Name", "fleur-fils"))]);

        Assert.Contains("we have written to fleur@client.example", reseller.Text(".notice.good"), StringComparison.Ordinal);
        Assert.Contains("no such template", reseller.Text(".notice.bad"), StringComparison.Ordinal);
        Assert.Equal("Fleur", (await (await product.Account("fleur-fils")).Face())!.Brand.DisplayName);
    }

    [Theory, InlineData("EUR", "€49.95"), InlineData("CHF", "CHF49.95")]
    public async Task A_noted_price_and_its_margin_are_said_in_the_currency_of_the_plans(string currency, string price)
    {
        await using var product = await Product.Start(null, $"--Billing:Currency={currency}");
        var reseller = await Owner.Of(product, "atelier-web");
        await reseller.Open(await PageOf(product, "corner-barber"));
        Assert.Contains($"Price in {currency}", reseller.Text("#price"), StringComparison.Ordinal);

        await reseller.Send("#price", ("amount", "49.95"));
        await reseller.Open(Links.Reseller("atelier-web"));

        // Its plan was arranged and costs the reseller nothing.
        var row = reseller.Text($"#client-{await Id(product, "corner-barber")}").Replace('\u00A0', ' ').Replace("CHF ", "CHF", StringComparison.Ordinal);
        Assert.Contains($"margin {price}", row.Remove(row.IndexOf(price, StringComparison.Ordinal), price.Length), StringComparison.Ordinal);
        Assert.Contains("none", reseller.Text($"#client-{await Id(product, "petite-table")} td[data-label=Price]"), StringComparison.Ordinal);
    }
}
