using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using Slotwright.Branding;

namespace Slotwright.Pages;

public sealed partial class BrandShadesTests
{
    private static readonly Gen<Shade> AnyShade = Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte, (red, green, blue) => new Shade(red, green, blue));

    [Fact]
    public void Every_colour_gives_legible_text_in_both_schemes() => AnyShade.Sample(
        brand =>
        {
            AssertLegible(BrandShades.OnLight(brand), BrandShades.LightGround, BrandShades.LightCard, BrandShades.LightInk);
            AssertLegible(BrandShades.OnDark(brand), BrandShades.DarkGround, BrandShades.DarkCard, BrandShades.DarkInk);
        },
        iter: 20_000,
        seed: "0000000000000");

    [Theory]
    [InlineData("#000000")]
    [InlineData("#ffffff")]
    [InlineData("#ffff00")]
    [InlineData("#00ff00")]
    [InlineData("#0000ff")]
    [InlineData("#777777")]
    [InlineData("#1a2129")]
    public void Extreme_colours_are_legible_too(string colour)
    {
        var brand = Shade.Parse(colour)!.Value;

        AssertLegible(BrandShades.OnLight(brand), BrandShades.LightGround, BrandShades.LightCard, BrandShades.LightInk);
        AssertLegible(BrandShades.OnDark(brand), BrandShades.DarkGround, BrandShades.DarkCard, BrandShades.DarkInk);
    }

    [Fact]
    public void A_colour_that_is_legible_as_it_is_stays_as_it_is()
    {
        var brand = Shade.Parse("#0f766e")!.Value;

        var shades = BrandShades.OnLight(brand);

        Assert.Equal((brand, brand, Shade.White), (shades.Fill, shades.Text, shades.OnFill));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0f766e")]
    [InlineData("#0f766")]
    [InlineData("#0f766eff")]
    [InlineData("#gggggg")]
    [InlineData("red;}body{display:none")]
    public void What_is_no_colour_is_none(string text) => Assert.Null(Shade.Parse(text));

    [Fact]
    public void A_stylesheet_holds_colours_only_whatever_was_stored() =>
        Assert.Matches(Whole(), BrandStylesheet.Write("red;}body{display:none"));

    [Fact]
    public void Contrast_is_that_of_the_standard()
    {
        Assert.Equal(21, Shade.White.Contrast(Shade.Black), 6);
        Assert.Equal(4.54, Shade.White.Contrast(new Shade(0x76, 0x76, 0x76)), 2);
    }

    [Fact]
    public void The_stylesheet_of_the_site_has_the_grounds_that_shades_are_made_for()
    {
        var css = File.ReadAllText(Path.Combine(PagesHost.WebFolder(), "wwwroot", "css", "site.css"));

        var (light, dark) = (Tokens(css, 0), Tokens(css, 1));

        Assert.Equal((BrandShades.LightGround, BrandShades.LightInk), (light["ground"], light["ink"]));
        Assert.Equal((BrandShades.DarkGround, BrandShades.DarkCard, BrandShades.DarkInk), (dark["ground"], dark["card"], dark["ink"]));
        foreach (var tokens in new[] { light, dark })
        {
            var card = tokens.GetValueOrDefault("card", Shade.White);
            foreach (var text in new[] { "ink", "soft", "brand-text", "bad", "warn", "good" })
            {
                Assert.True(tokens[text].Contrast(card) >= BrandShades.Legible, text);
                Assert.True(tokens[text].Contrast(tokens["ground"]) >= BrandShades.Legible, text);
            }

            Assert.True(tokens["edge"].Contrast(card) >= 3, "The edge of a field can be seen.");
            Assert.True(tokens["ink"].Contrast(tokens["bad-soft"]) >= BrandShades.Legible);
            Assert.True(tokens["ink"].Contrast(tokens["warn-soft"]) >= BrandShades.Legible);
            Assert.True(tokens["brand"].Contrast(tokens.GetValueOrDefault("on-brand", Shade.White)) >= BrandShades.Legible);
        }
    }

    private static void AssertLegible(BrandShades shades, Shade ground, Shade card, Shade ink)
    {
        Assert.True(shades.Fill.Contrast(shades.OnFill) >= BrandShades.Legible, $"text on {shades.Fill}");
        Assert.True(shades.Text.Contrast(ground) >= BrandShades.Legible, $"{shades.Text} on the ground");
        Assert.True(shades.Text.Contrast(card) >= BrandShades.Legible, $"{shades.Text} on a card");
        Assert.True(shades.Text.Contrast(shades.Soft) >= BrandShades.Legible, $"{shades.Text} on its tint");
        Assert.True(ink.Contrast(shades.Soft) >= BrandShades.Legible, $"ink on {shades.Soft}");
    }

    private static Dictionary<string, Shade> Tokens(string css, int block) =>
        Token().Matches(css.Split(":root")[block + 1].Split('}')[0])
            .ToDictionary(match => match.Groups[1].Value, match => Shade.Parse(match.Groups[2].Value.ToLower(CultureInfo.InvariantCulture))!.Value);

    [GeneratedRegex("--([a-z-]+): (#[0-9a-f]{6});")]
    private static partial Regex Token();

    [GeneratedRegex(@"^:root\{(--[a-z-]+:#[0-9a-f]{6};?){4}\}\n@media\(prefers-color-scheme:dark\)\{:root\{(--[a-z-]+:#[0-9a-f]{6};?){4}\}\}\n$")]
    private static partial Regex Whole();
}
