using System.Net;

namespace Slotwright.Setup;

public sealed class HostileSetupTests
{
    private const int Bytes = 10_240;

    public static TheoryData<string> Nasty =>
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{ 7*7 }}", "${7*7}", "Robert'); drop table schedules;--", "gnirts \u202egnik", "a\0b\u0007c",
        "\ud800lone", "=1+1", new string('x', Bytes), "😀👩‍👩‍👧‍👦", "עברית مرحبا", "%2e%2e/%00", "  \t ",
    ];

    /// <summary>Row 37 of the fault table, for what owners type: nothing breaks, nothing runs, and every page still opens.</summary>
    [Theory, MemberData(nameof(Nasty)), Trait("Fault", "37")]
    public async Task Whatever_an_owner_types_breaks_no_page(string typed)
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "harbour-yoga");
        var (_, id) = await product.Find("harbour-yoga", "Private lessons");
        var schedule = $"/a/harbour-yoga/schedules/{id}";

        await Fill($"{schedule}/texts", "main form.card", ("name", typed));
        await Fill($"{schedule}/texts", "main form.card", ("description", typed), ("location", typed));
        await Fill($"{schedule}/texts", "main form.card", ("zone", typed));
        await Fill($"{schedule}/resources", "main form.card", ("resource-name", typed), ("do", "save"));
        await Fill($"{schedule}/resources", "main form.card", ("resource-id", typed), ("do", typed));
        await Fill($"{schedule}/hours", "#hours", ("d1-from", typed), ("d1-to", typed), ("do", "save"));
        await Fill($"{schedule}/hours", "#hours", ("seen", typed), ("do", typed));
        await Fill($"{schedule}/days", "#day", ("from", "2030-01-01"), ("note", typed), ("open", "no"));
        await Fill($"{schedule}/days", "#day", ("from", typed), ("to", typed), ("whose", typed), ("open", typed));
        await Fill($"{schedule}/booking", "main form.sections", ("Kind", typed), ("Step", typed), ("AskPhone", typed), ("PerDay", typed));
        await Fill($"{schedule}/calendars", "form.inline", ("label", typed));
        await Fill("/a/harbour-yoga/schedules/new", "main form.card", ("Name", typed), ("People", typed));
        await Fill("/a/harbour-yoga/guide", "#guide", ("Name", typed), ("step", typed), ("do", "next"));
        await Fill("/a/harbour-yoga/settings/brand", "#colours", ("colour", typed), ("bar", typed), ("has-bar", "yes"), ("do", "save"));
        await Fill("/a/harbour-yoga/settings", "#rename", ("name", typed));
        await Fill("/a/harbour-yoga/settings", "#information", ("DisplayName", typed), ("Tagline", typed), ("Contact", typed));

        foreach (var page in new[] { "/a/harbour-yoga/schedules", schedule, $"{schedule}/hours", $"{schedule}/days", $"{schedule}/resources", $"{schedule}/texts", $"{schedule}/calendars", "/a/harbour-yoga/settings", "/schedule/harbour-yoga" })
        {
            await owner.Open(page);
            Assert.Equal((page, HttpStatusCode.OK), (page, owner.Status));
            Sound(page);
        }

        async Task Fill(string page, string form, params (string Name, string Value)[] fields)
        {
            await owner.Open(page);
            await owner.Send(form, fields);
            Assert.True((int)owner.Status is 200 or 400 or 404 or 413, $"{page}: {owner.Status}");
            Sound(page);
        }

        void Sound(string page)
        {
            Assert.True(owner.Page.QuerySelectorAll("script:not([src]), img[onerror], [onload]").Length == 0, page);
            Assert.DoesNotContain("\u202e", owner.Source, StringComparison.Ordinal);
            Assert.DoesNotContain('\0', owner.Source);
        }
    }

    [Fact]
    public async Task A_form_of_thousands_of_fields_is_refused_as_a_bad_request()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "harbour-yoga");
        var (_, id) = await product.Find("harbour-yoga", "Private lessons");
        await owner.Open($"/a/harbour-yoga/schedules/{id}/hours");

        await owner.Post($"/a/harbour-yoga/schedules/{id}/hours", [.. owner.Fields("#hours"), .. Enumerable.Range(0, 3000).Select(_ => KeyValuePair.Create("d1-from", "1"))]);

        Assert.Equal(HttpStatusCode.BadRequest, owner.Status);
        Assert.NotEmpty(owner.Heading);
    }
}
