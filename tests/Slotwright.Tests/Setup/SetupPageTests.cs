using System.Net;
using System.Text.RegularExpressions;
using Slotwright.Pages;

namespace Slotwright.Setup;

public sealed partial class SetupPageTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("nl")]
    public async Task Every_page_of_the_set_up_is_well_formed_labelled_and_speaks_in_sentences(string language)
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "petite-table", language);
        var (_, id) = await product.Find("petite-table", "Terrace");

        foreach (var page in Pages(id))
        {
            await owner.Open($"/a/petite-table/{page}");
            Assert.Equal((page, HttpStatusCode.OK), (page, owner.Status));
            PageQualityTests.Check(owner);
            Assert.DoesNotMatch(Key(), owner.Page.Body!.TextContent);
        }
    }

    [Fact]
    public async Task Without_a_session_of_the_account_no_page_of_the_set_up_is_there()
    {
        await using var product = await Product.Start();
        var (stranger, other) = (product.NewVisitor(), await Owner.Of(product, "harbour-yoga"));
        var (_, id) = await product.Find("petite-table", "Terrace");

        foreach (var page in Pages(id).Append($"schedules/{id}/code.svg").Append("settings/brand/light.svg?colour=112233"))
        {
            using var answer = await stranger.GetAsync(new Uri($"/a/petite-table/{page}", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.NotFound, page);
            await other.Open($"/a/petite-table/{page}");
            Assert.Equal((page, HttpStatusCode.NotFound), (page, other.Status));
        }
    }

    private static IEnumerable<string> Pages(int id) =>
    [
        "schedules", "schedules/new", $"schedules/{id}", $"schedules/{id}/hours", $"schedules/{id}/days", $"schedules/{id}/resources", $"schedules/{id}/booking",
        $"schedules/{id}/texts", $"schedules/{id}/calendars", "settings", "settings/brand", "settings/key", "usage", "guide",
    ];

    // A sentence that is missing shows its name.
    [GeneratedRegex(@"\b(Schedules|Tab|Section|Hours|Days|Resources|Booking|Texts|Zones|Overview|Copy|Feed|New|Start|Said|Preview|Settings|Information|Rename|Key|Brand|Picture|Usage|Trial|Guide|Refusal)\.[A-Z]")]
    private static partial Regex Key();
}
