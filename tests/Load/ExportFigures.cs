using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Slotwright.Accounts;
using Slotwright.Platform;
using Slotwright.Processes;

namespace Slotwright.Load;

/// <summary>How long a reseller waits for all its clients as a file, and what that costs in memory.</summary>
internal static partial class ExportFigures
{
    private const int Clients = 10_000;
    private const string Reseller = "big-reseller";
    private const string Password = "four unusual words here";

    public static async IAsyncEnumerable<Figure> Run(Pace pace)
    {
        foreach (var open in pace.Targets)
        {
            await using var target = await open();
            await using (var world = await World.Open(target))
            {
                await Fill(world);
            }

            await using var product = await ProductProcess.StartWeb(target.Settings(sending: false)).Ready(CancellationToken.None);
            using var http = await SignIn(product.Address!);
            foreach (var format in (string[])["csv", "xlsx"])
            {
                // The first is compiled while it runs.
                await Fetch(http, format);
                List<double> times = [];
                var (lowest, highest) = (Resident(product), 0.0);
                var length = 0L;
                for (var repeat = 0; repeat < pace.Repeats; repeat++)
                {
                    using var ended = new CancellationTokenSource();
                    var watching = Highest(product, ended.Token);
                    var began = Stopwatch.GetTimestamp();
                    length = await Fetch(http, format);
                    times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
                    await ended.CancelAsync();
                    highest = Math.Max(highest, await watching);
                }

                times.Sort();
                var (time, growth) = (times[times.Count / 2], Math.Max(0, highest - lowest));
                yield return new Figure(
                    $"export of {Clients:#,0} clients as {format}, {target.Name}",
                    string.Create(CultureInfo.InvariantCulture, $"{times[0]:0.00} / **{time:0.00}** / {times[^1]:0.00} s, {length / 1024.0:#,0} kB; resident set + {growth:0} MB, {highest:0} MB in all"),
                    "",
                    "≤ 5 s and + 100 MB",
                    time <= 5 && growth <= 100);
            }
        }
    }

    private static async Task Fill(World world)
    {
        var brand = new AccountBrand { DisplayName = "Big", Language = "fr", TimeZone = "Europe/Paris" };
        var opened = await world.Grains.SignUp().OpenAccount(new OpenAccount
        {
            Name = Reseller,
            Brand = brand,
            OwnerEmail = $"owner@{Reseller}.example",
            OwnerPassword = Password,
            PlanCode = "load",
            AsReseller = new SupportDetails { Name = "Big" },
        });
        var reseller = opened.Value!.AccountId;
        await Parallel.ForAsync(0, Clients, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            Slotwright.Tenancy.Caller.FromSystem();
            var name = string.Create(CultureInfo.InvariantCulture, $"client-{number}");
            var made = await world.Grains.SignUp().OpenAccount(new OpenAccount
            {
                Name = name,
                Brand = brand with { DisplayName = $"Café n° {number}" },
                OwnerEmail = $"owner@{name}.example",
                ApiKey = LoadSchedule.KeyOf(name),
                PlanCode = number % 2 == 0 ? "free" : "load",
                ResellerId = reseller,
            });
            if (!made.Accepted)
            {
                throw new InvalidOperationException($"{name}: {made.Refusal}");
            }
        });
    }

    private static async Task<HttpClient> SignIn(Uri address)
    {
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address };
        var token = FormToken().Match(await http.GetStringAsync(new Uri("/signin", UriKind.Relative))).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["login"] = $"owner@{Reseller}.example", ["password"] = Password, ["form-token"] = token });
        using var answer = await http.PostAsync(new Uri("/signin", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        return http;
    }

    private static async Task<long> Fetch(HttpClient http, string format)
    {
        using var answer = await http.GetAsync(new Uri(Links.ResellerExport(Reseller, format), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        var (buffer, length) = (new byte[64 * 1024], 0L);
        while (await body.ReadAsync(buffer) is > 0 and var read)
        {
            length += read;
        }

        return answer.Content.Headers.ContentType?.MediaType?.StartsWith("text/html", StringComparison.Ordinal) == true
            ? throw new InvalidOperationException("Sent to a page instead of the file.")
            : length;
    }

    private static async Task<double> Highest(ProductProcess product, CancellationToken ended)
    {
        var highest = Resident(product);
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(20, CancellationToken.None);
            highest = Math.Max(highest, Resident(product));
        }

        return highest;
    }

    private static double Resident(ProductProcess product) => long.Parse(
        File.ReadLines($"/proc/{product.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024.0;

    [GeneratedRegex("name=\"form-token\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
