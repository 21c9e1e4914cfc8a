using System.Net;

namespace Slotwright.Pages;

public sealed class ServedFilesTests
{
    private static readonly string[] Kinds = [".css", ".js", ".svg", ".png", ".ico"];

    /// <summary>What lies in wwwroot is given to everybody: what pages use, and the licences that go with it.</summary>
    [Fact]
    public void Nothing_lies_among_the_served_files_that_no_page_needs()
    {
        var root = Path.Combine(PagesHost.WebFolder(), "wwwroot");

        var strange = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(file => !Kinds.Contains(Path.GetExtension(file)) && Path.GetFileName(file) != "LICENSE.txt")
            .Select(file => Path.GetRelativePath(root, file));

        Assert.Equal("", string.Join('\n', strange));
    }

    [Theory]
    [InlineData("/lib/package.json")]
    [InlineData("/lib/package-lock.json")]
    [InlineData("/vendored/package.json")]
    public async Task Which_packages_are_used_is_told_to_nobody(string path)
    {
        await using var host = await PagesHost.Start();
        using var client = host.Client();

        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
